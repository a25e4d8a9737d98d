"""What falls over, how, and on which broker."""

from __future__ import annotations

from dataclasses import dataclass

PROCESSES = ("worker", "relay", "beat", "broker")
FAULTS = ("killed", "frozen", "restarted")
BROKERS = ("rabbitmq", "valkey")


@dataclass(frozen=True)
class Cell:
    """One measurement."""

    broker: str
    process: str
    fault: str


def cells_named(name: str) -> list[Cell]:
    """Give the cells of "process:fault:broker", where an empty part stands for all.

    :raises ValueError: for a part that there is not.
    """
    parts = [*name.split(":"), "", ""][:3]
    chosen = [_chosen(part, known) for part, known in zip(parts, (PROCESSES, FAULTS, BROKERS), strict=True)]
    processes, faults, brokers = chosen
    return [Cell(broker, process, fault) for broker in brokers for process in processes for fault in faults]


def _chosen(part: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if part and part not in known:
        raise ValueError(f"{part!r} is none of {', '.join(known)}.")
    return (part,) if part else known
