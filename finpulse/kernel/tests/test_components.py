"""Components that stand around something."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError

CARD = "<h2>{{ title }}</h2>{{ content }}[{{ actions }}]{{ outside }}"
ROW = "<li>{{ why }}: {{ content }} ({{ actions }})</li>"


def shown(source, **words):
    templates = {
        "components/card.html": CARD,
        "components/row.html": ROW,
        "page.html": "{% load components %}" + source,
    }
    loaders = [("django.template.loaders.locmem.Loader", templates)]
    engine = Engine(loaders=loaders, libraries={"components": "finpulse.kernel.templatetags.components"})
    return engine.get_template("page.html").render(Context(words))


def test_what_stands_in_it_and_its_slots_reach_the_component():
    page = '{% component "card" title=t %}in{% slot "actions" %}go{% endslot %}{% endcomponent %}'
    assert shown(page, t="Tasks") == "<h2>Tasks</h2>in[go]"


def test_a_blank_slot_is_an_empty_one():
    assert shown('{% component "card" %} {% slot "actions" %} {% endslot %}{% endcomponent %}') == "<h2></h2>[]"


def test_a_slot_belongs_to_the_component_that_it_stands_in():
    page = (
        '{% component "card" %}{% slot "title" %}T{% endslot %}'
        '{% component "row" why="w" %}x{% slot "actions" %}inner{% endslot %}{% endcomponent %}'
        '{% slot "actions" %}outer{% endslot %}{% endcomponent %}'
    )
    assert shown(page) == "<h2>T</h2><li>w: x (inner)</li>[outer]"


def test_hostile_words_are_shown_as_typed_and_once():
    page = '{% component "row" why=w %}{{ w }}{% slot "actions" %}{{ w }}{% endslot %}{% endcomponent %}'
    assert shown(page, w="<b>&") == "<li>&lt;b&gt;&amp;: &lt;b&gt;&amp; (&lt;b&gt;&amp;)</li>"


def test_a_component_sees_what_it_is_given_and_nothing_else():
    page = '{% component "card" title="T" %}{{ outside }}{% endcomponent %}'
    assert shown(page, outside="o") == "<h2>T</h2>o[]"


@pytest.mark.parametrize("bad", ['{% component "card" title %}{% endcomponent %}', '{% component "card" %}'])
def test_a_component_written_wrongly_is_refused_when_it_is_read(bad):
    with pytest.raises(TemplateSyntaxError):
        shown(bad)
