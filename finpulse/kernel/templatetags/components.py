"""Components that stand around something: `{% component "card" title="Tasks" %}…{% endcomponent %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context

register = template.Library()

# Where a component's slots are kept in the context while what stands in it is rendered: no template can name it.
SLOTS = " slots"


class ComponentNode(template.Node):
    """Renders templates/components/<name>.html with its parameters, its slots and, as `content`, all else within."""

    def __init__(self, name: str, parameters: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self._template, self._parameters, self.nodelist = f"components/{name}.html", parameters, nodelist

    def render(self, context: Context) -> str:
        """Render what is within where it is written, and around it the component, which sees nothing else."""
        slots: dict[str, str] = {}
        with context.push(**{SLOTS: slots}):
            content = _unless_blank(self.nodelist.render(context))
        given: dict[str, Any] = {name: value.resolve(context) for name, value in self._parameters.items()}
        shown = context.new({**given, **slots, "content": content})
        page: Any = context.template
        rendered: str = page.engine.get_template(self._template).render(shown)
        return rendered


class SlotNode(template.Node):
    """Keeps what stands in it for the component around it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self._name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        """Fill the slot; nothing is shown here. What is blank leaves the slot empty."""
        context[SLOTS][self._name] = _unless_blank(self.nodelist.render(context))
        return ""


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """Read `{% component "name" parameter=value … %}`, up to `{% endcomponent %}`."""
    bits = token.split_contents()[1:]
    parameters = token_kwargs(bits[1:], parser)
    if len(parameters) != len(bits) - 1:
        raise template.TemplateSyntaxError(f"{token.contents!r}: a component takes its name and parameter=value")
    return ComponentNode(_name(bits[0]), parameters, _within(parser, "endcomponent"))


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """Read `{% slot "name" %}`, up to `{% endslot %}`."""
    _, name = token.split_contents()
    return SlotNode(_name(name), _within(parser, "endslot"))


def _name(quoted: str) -> str:
    return quoted.strip("\"'")


def _unless_blank(rendered: str) -> str:
    return rendered if rendered.strip() else ""


def _within(parser: Parser, end: str) -> NodeList:
    nodelist = parser.parse((end,))
    parser.delete_first_token()
    return nodelist
