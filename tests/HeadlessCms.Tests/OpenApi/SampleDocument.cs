namespace HeadlessCms.Tests.OpenApi;

/// <summary>A small valid document for testing the tools that read documents.</summary>
internal static class SampleDocument
{
    public const string Json = """
        {
          "openapi": "3.1.1",
          "info": {
            "title": "Sample", "version": "1.0.0", "description": "Notes.",
            "license": { "name": "MIT", "identifier": "MIT" }, "contact": { "name": "The newsroom", "url": "https://newsroom.test" }
          },
          "servers": [{ "url": "https://cms.test" }],
          "security": [{ "bearer": [] }],
          "tags": [{ "name": "Notes", "description": "Notes of the newsroom." }],
          "paths": {
            "/sample/v1/notes": {
              "get": {
                "operationId": "listNotes", "summary": "Lists notes", "description": "Lists notes, newest first.", "tags": ["Notes"],
                "parameters": [
                  { "name": "limit", "in": "query", "description": "How many.", "schema": { "type": "integer", "minimum": 1,
                    "maximum": 100 }, "example": 10 },
                  { "name": "tag", "in": "query", "description": "Which.", "schema": { "type": "array",
                    "items": { "type": "string" } }, "example": ["a", "b c"] },
                  { "name": "before", "in": "query", "description": "Older ones.", "schema": { "type": "string" } }
                ],
                "responses": {
                  "200": {
                    "description": "The notes.",
                    "headers": { "ETag": { "required": true, "description": "Their version.", "schema": { "type": "string",
                      "pattern": "^\".+\"$" } } },
                    "content": {
                      "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Note" } } },
                      "application/rss+xml": { "schema": { "type": "string" } }
                    }
                  },
                  "304": { "description": "They are unchanged." },
                  "4XX": { "$ref": "#/components/responses/Problem" }
                }
              },
              "post": {
                "operationId": "createNote", "summary": "Makes a note", "description": "Makes a note.", "tags": ["Notes"],
                "parameters": [
                  { "name": "Idempotency-Key", "in": "header", "required": true, "description": "Makes a repeat safe.",
                    "schema": { "type": "string" }, "example": "k-1" }
                ],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": { "schema": { "$ref": "#/components/schemas/NewNote" },
                      "examples": { "short": { "value": { "text": "Hello" } } } }
                  }
                },
                "responses": {
                  "201": { "description": "The note.",
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } },
                  "422": { "$ref": "#/components/responses/Problem" }
                }
              }
            },
            "/sample/v1/notes/{id}": {
              "parameters": [
                {
                  "name": "id", "in": "path", "required": true, "description": "The note.",
                  "schema": { "type": "string", "format": "uuid" }, "example": "01981f2e-7c00-7000-8000-000000000001"
                }
              ],
              "get": {
                "operationId": "getNote", "summary": "Gets a note", "description": "Gets a note.", "tags": ["Notes"],
                "responses": {
                  "200": { "description": "The note.",
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } },
                  "404": { "$ref": "#/components/responses/Problem" }
                }
              },
              "delete": {
                "operationId": "deleteNote", "summary": "Removes a note", "description": "Removes a note.", "tags": ["Notes"],
                "responses": { "204": { "description": "It is gone." }, "404": { "$ref": "#/components/responses/Problem" } }
              }
            },
            "/sample/v1/notes/latest": {
              "get": {
                "operationId": "getLatestNote", "summary": "Gets the latest", "description": "Gets the latest note.",
                  "tags": ["Notes"], "security": [],
                "responses": {
                  "200": { "description": "The note.",
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Note" } } } },
                  "404": { "$ref": "#/components/responses/Problem" }
                }
              }
            }
          },
          "components": {
            "responses": {
              "Problem": {
                "description": "What is wrong.",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
              }
            },
            "schemas": {
              "NewNote": {
                "type": "object", "required": ["text"], "additionalProperties": false,
                "properties": { "text": { "type": "string", "minLength": 1, "maxLength": 200 } }
              },
              "Note": {
                "type": "object", "required": ["id", "text", "by"],
                "properties": {
                  "id": { "type": "string", "format": "uuid" },
                  "text": { "type": "string" },
                  "by": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Person" }] }
                }
              },
              "Person": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } },
              "Problem": {
                "type": "object", "required": ["type", "title", "status"],
                "properties": {
                  "type": { "type": "string", "format": "uri-reference" }, "title": { "type": "string" },
                    "status": { "type": "integer", "format": "int32" }
                }
              }
            },
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } }
          }
        }
        """;

    public static OpenApiDocument Load() => OpenApiDocument.Load(Json, "sample");
}
