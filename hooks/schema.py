"""Write the JSON Schemas that editors use. `python hooks/schema.py content/schema` writes them anew."""

import json
import sys
from pathlib import Path

from model import FILES, FOLDERS


def schemas() -> dict[str, str]:
    """Return the text of each schema file by its name, one for each kind of content file."""
    models = {**FILES, **FOLDERS}
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {f"{kind}.json": json.dumps(dialect | model.model_json_schema(), indent=2, ensure_ascii=False) + "\n" for kind, model in models.items()}


def write(folder: Path) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "content/schema"))
