"""What can be asked of the server, as OpenAPI 3.1, made of the table that the routes themselves are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.filters import VALUES
from pages.parts.documents import LICENCE, Export
from pages.parts.wanted import Wanted
from pages.parts.words import LOCALES, Words

Json = dict[str, Any]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
VERSION = "1.0.0"  # of the routes and columns: the first number goes up when what there was is otherwise or gone


def described(asked: Wanted, exports: Mapping[str, Export], feed: Export) -> Json:
    """The description in the words of the language asked for."""
    word = asked.view.words
    paths = {f"/export/{name}": _path(word, name, export) for name, export in exports.items()}
    paths["/feed.atom"] = _path(word, "feed.atom", feed)
    paths["/openapi.json"] = _path(word, "openapi.json", Export("application/json", "", feed.make))
    paths["/healthz"] = _plain(word, "healthz", "application/json", "503")
    paths["/robots.txt"] = _plain(word, "robots.txt", "text/plain; charset=utf-8")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": word("brand"),
            "version": VERSION,
            "description": f"{word('export.read')} {word('export.rights')}",
            "license": {"name": LICENCE[1], "identifier": LICENCE[0]},
        },
        "servers": [{"url": asked.base.removesuffix("/")}],
        "paths": paths,
        "components": {"parameters": _shared(word), "schemas": {"Problem": _problem()}},
    }


def _path(word: Words, name: str, export: Export) -> Json:
    own = [{"$ref": "#/components/parameters/as_of"}, {"$ref": "#/components/parameters/lang"}]
    own += [_filter(word, export.table, filtered) for filtered in export.filters]
    answers = {
        "200": {
            "description": word(_key(name)),
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {export.media: {}},
        },
        "304": {"description": "Not Modified"},
        "400": {"description": "Bad Request", "content": PROBLEM},
        "413": {"description": "Content Too Large", "content": PROBLEM},
        "503": {"description": "Service Unavailable", "content": PROBLEM},
    }
    return {"get": {"operationId": _slug(name), "summary": word(_key(name)), "parameters": own, "responses": answers}}


def _plain(word: Words, name: str, media: str, *more: str) -> Json:
    answers = {"200": {"description": word(_key(name)), "content": {media: {}}}}
    answers |= {status: {"description": word(_key(name)), "content": {media: {}}} for status in more}
    return {"get": {"operationId": _slug(name), "summary": word(_key(name)), "responses": answers}}


def _slug(name: str) -> str:
    return name.replace(".", "_")


def _key(name: str) -> str:
    """The key of the words for a route, in data/words.csv."""
    return f"export.{_slug(name)}"


def _filter(word: Words, table: str, name: str) -> Json:
    allowed = VALUES.get((table, name))
    schema: Json = {"type": "string"} | ({"enum": list(allowed)} if allowed else {})
    return {"name": name, "in": "query", "required": False, "description": word(f"filter.{name}"), "schema": schema}


def _shared(word: Words) -> Json:
    day = {"type": "string", "format": "date"}
    lang = {"type": "string", "enum": list(LOCALES), "default": "en"}
    return {
        name: {"name": name, "in": "query", "required": False, "description": word(f"filter.{name}"), "schema": schema}
        for name, schema in (("as_of", day), ("lang", lang))
    }


def _problem() -> Json:
    texts = {name: {"type": "string"} for name in ("type", "title", "detail")}
    return {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": texts | {"status": {"type": "integer"}},
    }
