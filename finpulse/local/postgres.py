"""The local PostgreSQL server of this checkout."""

from pathlib import Path

from finpulse.local import addresses, records, server
from finpulse.local.errors import LocalServiceError
from finpulse.local.pg import account, binaries, cluster, home
from finpulse.local.records import Record
from finpulse.local.state import port, record_path, secret


def start() -> None:
    """Serve the cluster, made first if there is none; one of ours that still runs is kept.

    :raises LocalServiceError: with the sentence that says why it cannot be served.
    """
    running = records.read(record_path("postgres"))
    if running and running.port == port("postgres") and cluster.is_ready(home.find() / "data", running.pid):
        return
    if running:
        running.end(*cluster.STOP)
    user = account.for_root(home.find() / "data")
    folder = home.make(user)
    data = folder / "data"
    programs = _reachable(binaries.choose(cluster.written_by(data)), user)
    if cluster.written_by(data) is None:
        cluster.create(programs, data, user, secret("finpulse_admin"))
    cluster.clear_stale(data)
    _serve(programs, data, user)
    _prepare_once(folder / "prepared")


def stop() -> None:
    """End the server, if it runs; what was written stays."""
    if running := records.read(record_path("postgres")):
        running.end(*cluster.STOP)


def _serve(programs: binaries.Binaries, data: Path, user: account.Account | None) -> Record:
    command = cluster.command(programs, data, port("postgres"))
    record = server.launch("postgres", command, cwd=data.parent, account=user.options() if user else None)
    server.wait_until(lambda: cluster.is_ready(data, record.pid), record, "postgres")
    return record


def _reachable(programs: binaries.Binaries, user: account.Account | None) -> binaries.Binaries:
    """Give binaries that the user who runs the server can run: the wheel's are copied out of a root's home."""
    if user is None or user.can_use(programs.folder / "postgres"):
        return programs
    if programs.folder != binaries.embedded():
        raise LocalServiceError(
            f"{programs.folder} cannot be read by the unprivileged user who runs PostgreSQL for root."
        )
    return binaries.Binaries(binaries.copy_embedded(home.trusted_temporary()), programs.major)


def _prepare_once(marker: Path) -> None:
    if not marker.exists():
        from finpulse.local.pg import roles

        roles.prepare(addresses.admin_url("template1"))
        marker.touch()
