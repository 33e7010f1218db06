"""Azure's own words about one cross connection."""

from django.db import models

from crossconnections.models.cross_connection import CrossConnection


class AzureDocument(models.Model):
    """The JSON of the last GET as it came, without shared keys. Apart from the row, so that lists never load it."""

    cross_connection = models.OneToOneField(
        CrossConnection, primary_key=True, on_delete=models.CASCADE, related_name="document"
    )
    body = models.TextField()

    def __str__(self) -> str:
        return f"document of {self.cross_connection_id}"
