"""Shapes of notifications in the API. Amounts are decimal strings beside their currency; moments are ISO 8601."""

from rest_framework import serializers


class FactSerializer(serializers.Serializer):
    """A name and what it says."""

    name = serializers.CharField()
    value = serializers.CharField()

    def to_representation(self, fact: tuple[str, str]) -> dict[str, str]:
        """Name the two parts of the pair."""
        name, value = fact
        return {"name": name, "value": value}


class MessageSerializer(serializers.Serializer):
    """A message in words. `about_type` and `about_id` name the row it is about, `path` its page in the console."""

    id = serializers.IntegerField(source="message.pk")
    kind = serializers.CharField(source="message.kind")
    kind_label = serializers.CharField(source="label")
    title = serializers.CharField(source="notice.title")
    about = serializers.CharField(source="notice.about")
    about_type = serializers.CharField(source="message.scope_type")
    about_id = serializers.IntegerField(source="message.scope_id", allow_null=True)
    path = serializers.CharField()
    amount = serializers.DecimalField(source="notice.amount", max_digits=18, decimal_places=2, allow_null=True)
    currency = serializers.CharField(source="notice.currency")
    facts = FactSerializer(source="notice.facts", many=True)
    late = serializers.BooleanField(source="message.late")
    due_at = serializers.DateTimeField(source="message.due_at")
    sent_at = serializers.DateTimeField(source="message.sent_at")
    read_at = serializers.DateTimeField(source="message.read_at", allow_null=True)
