"""Two kinds of import-linter contract that read like the table of the house (CONTRIBUTING.md, "Who may import whom").

`room`: all that one room may import beside the standard library, resources.translations and itself. Unlike the contracts that import-linter
brings it is a list of what is allowed, so a new library has to be let in, and a room that is not built yet passes. `kept_in`: libraries that
only some rooms may import. Both look at direct imports, also inside functions; since every room is held, no chain can lead around them.
"""

import sys
from dataclasses import dataclass

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

OPEN_TO_ALL = ("resources.translations",)


@dataclass(frozen=True, slots=True)
class Breach:
    """One import that is against the rules."""

    importer: str
    imported: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported} (line {', '.join(str(line) for line in self.lines)})"


class Room(Contract):
    """Modules of `room` import only what `may_import` names, or all but what `may_import_all_but` names."""

    type_name = "room"

    room = fields.ListField(subfield=fields.StringField())
    may_import = fields.ListField(subfield=fields.StringField(), required=False)
    may_import_all_but = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        room: list[str] = _names(self.room)
        allowed = [*room, *OPEN_TO_ALL, *_names(self.may_import)]
        refused = _names(self.may_import_all_but)

        def is_allowed(imported: str) -> bool:
            if imported.partition(".")[0] in sys.stdlib_module_names:
                return True
            return not _matches(imported, refused) if refused else _matches(imported, allowed)

        breaches = [
            _breach(graph, importer, imported)
            for importer in sorted(graph.modules)
            if _matches(importer, room)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not is_allowed(imported)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        _render(check)


class KeptIn(Contract):
    """`libraries` are imported by modules of `rooms` and nowhere else."""

    type_name = "kept_in"

    libraries = fields.ListField(subfield=fields.StringField())
    rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        libraries, rooms = _names(self.libraries), _names(self.rooms)
        breaches = [
            _breach(graph, importer, imported)
            for imported in sorted(graph.modules)
            if _matches(imported, libraries)
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if not _matches(importer, rooms)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        _render(check)


def _names(values: object) -> list[str]:
    """A field as import-linter filled it: a list of names, None where it was left out."""
    return [str(value) for value in values] if isinstance(values, list) else []


def _matches(module: str, names: list[str]) -> bool:
    """Whether one of the names stands for this module: `a.b` for a.b and all that is in it, `=a.b` for a.b alone."""
    return any(module == name[1:] if name.startswith("=") else module == name or module.startswith(f"{name}.") for name in names)


def _breach(graph: ImportGraph, importer: str, imported: str) -> Breach:
    details = graph.get_import_details(importer=importer, imported=imported)
    return Breach(importer, imported, tuple(detail["line_number"] for detail in details))


def _render(check: ContractCheck) -> None:
    for breach in check.metadata["breaches"]:
        output.print_error(f"- {breach}", bold=False)
    output.new_line()
