"""The style sheets and scripts of `overrides/` → the files that a page loads."""

import json
from pathlib import Path

import rcssmin
import rjsmin
from guide.care_levels import LOOKS, CareLevelId

from pages.templates import TEMPLATES

LAYERS = ("tokens", "base", "components")  # later ones win over earlier ones, whatever their selectors weigh


def assets() -> dict[str, str]:
    """Return the text of every published asset by its file name: one script, the modules that a script imports, the icon."""
    components = sorted((TEMPLATES / "components").glob("*/*"))
    scripts = [file for file in components if file.suffix == ".js"]
    shared = [file for file in scripts if file.stem == file.parent.name]
    modules = [file for file in scripts if file not in shared]
    return {
        "guide.js": "".join(map(_guarded, shared)),
        "icon.svg": (TEMPLATES / "icon.svg").read_text(encoding="utf-8"),
        **{module.name: _small(module) for module in modules},
    }


def style_sheet() -> str:
    """Return all styles in their cascade layers. They stand in the head of every page: to fetch them would cost a phone far more time than to read them."""
    styles, components = TEMPLATES / "styles", sorted((TEMPLATES / "components").glob("*/*.css"))
    files = {"tokens": [styles / "tokens.css"], "base": [styles / "base.css", styles / "page.css"], "components": components}
    texts = {layer: "".join(file.read_text(encoding="utf-8") for file in files[layer]) for layer in LAYERS}
    texts["tokens"] += "".join(map(_care_level, LOOKS))
    small = "".join(f"@layer {layer}{{{rcssmin.cssmin(text)}}}" for layer, text in texts.items())
    return f"@layer {','.join(LAYERS)};{small.replace(':;', ': ;')}"  # to browsers before 2021 an empty custom property is a space, not nothing


def _care_level(care: CareLevelId) -> str:
    """Return the colour of a care level, as tokens.css writes one, and what the elements at that level take of it."""
    look = LOOKS[care]
    return (f":root {{ --{care}: var(--light, {look.light}) var(--dark, {look.dark}) var(--print, #000); }}\n"
            f".care-card--{care} {{ --level: var(--{care}); --edge: {look.edge}px; }}\n")


def _guarded(script: Path) -> str:
    """Return a script in a block of its own: no name of it meets another's, and where it fails it says so and the others go on."""
    return f"try{{{_small(script)}}}catch(error){{console.error({json.dumps(script.stem)},error)}}\n"


def _small(script: Path) -> str:
    """Return a script without its comments and spaces, below the licence of one that others wrote, which stands beside it as a text."""
    licence = script.with_suffix(".txt")
    opening = f"/*!\n{licence.read_text(encoding='utf-8')}*/\n" if licence.is_file() else ""
    return opening + str(rjsmin.jsmin(script.read_text(encoding="utf-8")))
