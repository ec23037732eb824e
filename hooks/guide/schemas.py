"""The model → the JSON Schemas that editors use."""

import json

from guide.model.kinds import FILES, FOLDERS


def schemas() -> dict[str, str]:
    """Return the text of each schema file by its name, one for each kind of content file."""
    models = {**FILES, **FOLDERS}
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {f"{kind}.json": json.dumps(dialect | model.model_json_schema(), indent=2, ensure_ascii=False) + "\n" for kind, model in models.items()}
