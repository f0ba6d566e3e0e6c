using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <inheritdoc />
    public partial class Baseline : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:btree_gist", ",,")
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,")
                .Annotation("Npgsql:PostgresExtension:unaccent", ",,");

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    role = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    public_id = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false, collation: "C"),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    feeds = table.Column<string>(type: "jsonb", nullable: true),
                    requests_per_minute = table.Column<int>(type: "integer", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    replaced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                    table.CheckConstraint("ck_api_keys_feeds", "feeds is null or role = 'reader'");
                    table.CheckConstraint("ck_api_keys_requests_per_minute", "requests_per_minute between 1 and 1000000");
                    table.CheckConstraint("ck_api_keys_secret_hash", "octet_length(secret_hash) = 32");
                });

            migrationBuilder.CreateTable(
                name: "articles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    external_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    trashed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_articles", x => x.id);
                    table.CheckConstraint("ck_articles_revision_number", "revision_number >= 1");
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    address = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    action = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: true),
                    detail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                    type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: true),
                    concept_id = table.Column<Guid>(type: "uuid", nullable: true),
                    concept_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => x.position);
                    table.CheckConstraint("ck_changes_subject", "(article_id is null) <> (concept_id is null) and (concept_id is "
                        + "null) = (concept_kind is null)");
                });

            migrationBuilder.CreateTable(
                name: "concepts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    slug = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    aliases = table.Column<string[]>(type: "text[]", nullable: false),
                    labels = table.Column<string>(type: "jsonb", nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    image = table.Column<string>(type: "jsonb", nullable: true),
                    same_as = table.Column<string[]>(type: "text[]", nullable: false),
                    public_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    merged_into_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    given_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    family_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    honorific = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    birth_date = table.Column<DateOnly>(type: "date", nullable: true),
                    death_date = table.Column<DateOnly>(type: "date", nullable: true),
                    place_kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    country_code = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_concepts", x => x.id);
                    table.UniqueConstraint("ak_concepts_id_kind", x => new { x.id, x.kind });
                    table.CheckConstraint("ck_concepts_coordinates", "(latitude is null) = (longitude is null)");
                    table.CheckConstraint("ck_concepts_country_code", "country_code ~ '^[A-Z]{2}$'");
                    table.CheckConstraint("ck_concepts_kind", "kind in ('person', 'place', 'topic')");
                    table.CheckConstraint("ck_concepts_latitude", "latitude between -90 and 90");
                    table.CheckConstraint("ck_concepts_life", "death_date >= birth_date");
                    table.CheckConstraint("ck_concepts_longitude", "longitude between -180 and 180");
                    table.CheckConstraint("ck_concepts_merged", "merged_into_id is null or merged_into_id <> id and parent_id is null");
                    table.CheckConstraint("ck_concepts_name", "btrim(name) <> ''");
                    table.CheckConstraint("ck_concepts_not_its_own_parent", "parent_id <> id");
                    table.CheckConstraint("ck_concepts_version", "version >= 1");
                    table.ForeignKey(
                        name: "fk_concepts_concepts_merged_into_id_kind",
                        columns: x => new { x.merged_into_id, x.kind },
                        principalTable: "concepts",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_concepts_concepts_parent_id_kind",
                        columns: x => new { x.parent_id, x.kind },
                        principalTable: "concepts",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    file = table.Column<byte[]>(type: "bytea", nullable: false),
                    lines = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.file);
                    table.CheckConstraint("ck_imports_lines", "lines >= 0");
                });

            migrationBuilder.CreateTable(
                name: "signing_keys",
                columns: table => new
                {
                    purpose = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    secret = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_keys", x => x.purpose);
                    table.CheckConstraint("ck_signing_keys_secret", "secret ~ '^(plain|protected):'");
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    by = table.Column<string>(type: "character varying(401)", maxLength: 401, nullable: false),
                    route = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_records", x => new { x.by, x.route, x.key_hash });
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    url = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false),
                    description = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    events = table.Column<string[]>(type: "text[]", nullable: false),
                    languages = table.Column<string[]>(type: "text[]", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    disabled_reason = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failing_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    rests_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    secret = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    previous_secret = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    previous_secret_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                    table.CheckConstraint("ck_webhooks_disabled", "(state = 'disabled') = (disabled_reason is not null)");
                    table.CheckConstraint("ck_webhooks_events", "cardinality(events) > 0 and events <@ array['articlePublished', 'articleUpdated', 'articleUnpublished', "
                        + "'articleWithdrawn', 'conceptUpdated', 'conceptMerged']");
                    table.CheckConstraint("ck_webhooks_previous_secret", "(previous_secret is null) = (previous_secret_until is null)");
                    table.CheckConstraint("ck_webhooks_secret", "secret ~ '^(plain|protected):' and previous_secret ~ '^(plain|protected):'");
                    table.CheckConstraint("ck_webhooks_url", "url ~ '^https?://'");
                    table.CheckConstraint("ck_webhooks_verified", "state <> 'active' or verified_at is not null");
                    table.CheckConstraint("ck_webhooks_version", "version >= 1");
                });

            migrationBuilder.CreateTable(
                name: "preview_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: true),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    caller = table.Column<string>(type: "character varying(401)", maxLength: 401, nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_preview_tokens", x => x.id);
                    table.CheckConstraint("ck_preview_tokens_expires_at", "expires_at > created_at");
                    table.CheckConstraint("ck_preview_tokens_scope", "article_id is null or as_of is null");
                    table.ForeignKey(
                        name: "fk_preview_tokens_api_keys_key_id",
                        column: x => x.key_id,
                        principalTable: "api_keys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_preview_tokens_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "article_slugs",
                columns: table => new
                {
                    slug = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_slugs", x => x.slug);
                    table.CheckConstraint("ck_article_slugs_slug", "slug ~ '^[a-z0-9\\u00AA-\\U0010FFFF]+(-[a-z0-9\\u00AA-\\U0010FFFF]+)*$' and slug is nfc normalized");
                    table.ForeignKey(
                        name: "fk_article_slugs_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "withdrawals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_withdrawals", x => x.id);
                    table.CheckConstraint("ck_withdrawals_range", "lifted_at >= withdrawn_at");
                    table.ForeignKey(
                        name: "fk_withdrawals_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "concept_slugs",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    slug = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    concept_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_concept_slugs", x => new { x.kind, x.slug });
                    table.CheckConstraint("ck_concept_slugs_slug", "slug ~ '^[a-z0-9\\u00AA-\\U0010FFFF]+(-[a-z0-9\\u00AA-\\U0010FFFF]+)*$' and slug is nfc normalized");
                    table.ForeignKey(
                        name: "fk_concept_slugs_concepts_concept_id",
                        column: x => x.concept_id,
                        principalTable: "concepts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                columns: table => new
                {
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    headline = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    standfirst = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    body_format = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    body_source = table.Column<string>(type: "text", nullable: true),
                    body_html = table.Column<string>(type: "text", nullable: true),
                    word_count = table.Column<int>(type: "integer", nullable: false),
                    language = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    genre = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    byline = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    dateline_place_id = table.Column<Guid>(type: "uuid", nullable: true),
                    dateline_source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    lead_image = table.Column<string>(type: "jsonb", nullable: true),
                    embargo_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    external_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revisions", x => new { x.article_id, x.number });
                    table.CheckConstraint("ck_revisions_body", "(body_format is null) = (body_source is null) and (body_format is "
                        + "null) = (body_html is null)");
                    table.CheckConstraint("ck_revisions_headline", "btrim(headline) <> ''");
                    table.CheckConstraint("ck_revisions_language", "language ~ '^([a-z]{2,8}|x)(-[A-Za-z0-9]{1,8})*$'");
                    table.CheckConstraint("ck_revisions_number", "number >= 1");
                    table.ForeignKey(
                        name: "fk_revisions_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_revisions_concepts_dateline_place_id",
                        column: x => x.dateline_place_id,
                        principalTable: "concepts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhook_concepts",
                columns: table => new
                {
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    concept_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_concepts", x => new { x.webhook_id, x.concept_id });
                    table.ForeignKey(
                        name: "fk_webhook_concepts_concepts_concept_id",
                        column: x => x.concept_id,
                        principalTable: "concepts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_webhook_concepts_webhooks_webhook_id",
                        column: x => x.webhook_id,
                        principalTable: "webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(20)", maxLength: 20, nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease = table.Column<Guid>(type: "uuid", nullable: true),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                    table.CheckConstraint("ck_webhook_deliveries_lease", "(lease is null) = (leased_until is null) and (lease is "
                        + "null or state = 'pending')");
                    table.CheckConstraint("ck_webhook_deliveries_ping", "(event = 'webhookPing') = (position is null)");
                    table.CheckConstraint("ck_webhook_deliveries_settled", "(state = 'pending') = (settled_at is null)");
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhooks_webhook_id",
                        column: x => x.webhook_id,
                        principalTable: "webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "authorships",
                columns: table => new
                {
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authorships", x => new { x.article_id, x.revision, x.person_id });
                    table.ForeignKey(
                        name: "fk_authorships_concepts_person_id",
                        column: x => x.person_id,
                        principalTable: "concepts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_authorships_revisions_article_id_revision",
                        columns: x => new { x.article_id, x.revision },
                        principalTable: "revisions",
                        principalColumns: new[] { "article_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mentions",
                columns: table => new
                {
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    concept_id = table.Column<Guid>(type: "uuid", nullable: false),
                    relation = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    role = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentions", x => new { x.article_id, x.revision, x.concept_id });
                    table.ForeignKey(
                        name: "fk_mentions_concepts_concept_id",
                        column: x => x.concept_id,
                        principalTable: "concepts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_mentions_revisions_article_id_revision",
                        columns: x => new { x.article_id, x.revision },
                        principalTable: "revisions",
                        principalColumns: new[] { "article_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "autosaves",
                columns: table => new
                {
                    caller = table.Column<string>(type: "character varying(401)", maxLength: 401, nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "json", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_autosaves", x => new { x.caller, x.article_id });
                    table.CheckConstraint("ck_autosaves_content", "json_typeof(content) = 'object' and octet_length(content::text) <= 1048576");
                    table.ForeignKey(
                        name: "fk_autosaves_revisions_article_id_revision",
                        columns: x => new { x.article_id, x.revision },
                        principalTable: "revisions",
                        principalColumns: new[] { "article_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "publications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    slug = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    live_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    live_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    planned_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    correction_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    correction_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    first_live_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    start_logged = table.Column<bool>(type: "boolean", nullable: false),
                    end_logged = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publications", x => x.id);
                    table.CheckConstraint("ck_publications_correction", "(correction_kind is null) = (correction_text is null)");
                    table.CheckConstraint("ck_publications_planned", "planned_until is null or live_until <= planned_until");
                    table.CheckConstraint("ck_publications_range", "live_until >= live_from");
                    table.ForeignKey(
                        name: "fk_publications_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_publications_revisions_article_id_revision",
                        columns: x => new { x.article_id, x.revision },
                        principalTable: "revisions",
                        principalColumns: new[] { "article_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhook_attempts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    body_bytes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_attempts", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_attempts_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "webhook_deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_name",
                table: "api_keys",
                column: "name",
                unique: true,
                filter: "revoked_at is null and replaced_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_public_id",
                table: "api_keys",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_articles_external_id",
                table: "articles",
                column: "external_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_articles_saved_at_id",
                table: "articles",
                columns: new[] { "saved_at", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_articles_slug",
                table: "articles",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_by_id",
                table: "audit_entries",
                columns: new[] { "by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject_id_id",
                table: "audit_entries",
                columns: new[] { "subject_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_authorships_person_id_article_id_revision",
                table: "authorships",
                columns: new[] { "person_id", "article_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_changes_article_id_position",
                table: "changes",
                columns: new[] { "article_id", "position" },
                filter: "article_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_concept_slugs_concept_id",
                table: "concept_slugs",
                column: "concept_id");

            migrationBuilder.CreateIndex(
                name: "ix_concepts_code",
                table: "concepts",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_concepts_kind_name_id",
                table: "concepts",
                columns: new[] { "kind", "name", "id" })
                .Annotation("Relational:Collation", new[] { null, "und-x-icu", null });

            migrationBuilder.CreateIndex(
                name: "ix_concepts_kind_slug",
                table: "concepts",
                columns: new[] { "kind", "slug" },
                unique: true,
                filter: "merged_into_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_concepts_merged_into_id",
                table: "concepts",
                column: "merged_into_id",
                filter: "merged_into_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_concepts_parent_id",
                table: "concepts",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_mentions_concept_id_article_id_revision",
                table: "mentions",
                columns: new[] { "concept_id", "article_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_autosaves_article_id_revision",
                table: "autosaves",
                columns: new[] { "article_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_autosaves_caller_saved_at",
                table: "autosaves",
                columns: new[] { "caller", "saved_at" });

            migrationBuilder.CreateIndex(
                name: "ix_autosaves_saved_at",
                table: "autosaves",
                column: "saved_at");

            migrationBuilder.CreateIndex(
                name: "ix_preview_tokens_created_at_id",
                table: "preview_tokens",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_preview_tokens_expires_at",
                table: "preview_tokens",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_publications_article_id_live_from",
                table: "publications",
                columns: new[] { "article_id", "live_from" },
                filter: "correction_kind is not null");

            migrationBuilder.CreateIndex(
                name: "ix_publications_article_id_revision",
                table: "publications",
                columns: new[] { "article_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "ix_publications_first_live_from_article_id",
                table: "publications",
                columns: new[] { "first_live_from", "article_id" },
                descending: new bool[0])
                .Annotation("Npgsql:IndexInclude", new[] { "live_from", "live_until" });

            migrationBuilder.CreateIndex(
                name: "ix_publications_live_from",
                table: "publications",
                column: "live_from",
                filter: "not start_logged and live_until is distinct from live_from");

            migrationBuilder.CreateIndex(
                name: "ix_publications_live_from_article_id",
                table: "publications",
                columns: new[] { "live_from", "article_id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_publications_live_until",
                table: "publications",
                column: "live_until",
                filter: "not end_logged and live_until > live_from");

            migrationBuilder.CreateIndex(
                name: "ix_publications_slug",
                table: "publications",
                column: "slug");

            migrationBuilder.CreateIndex(
                name: "ix_revisions_dateline_place_id",
                table: "revisions",
                column: "dateline_place_id");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_created_at",
                table: "idempotency_records",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_attempts_delivery_id_id",
                table: "webhook_attempts",
                columns: new[] { "delivery_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_concepts_concept_id",
                table: "webhook_concepts",
                column: "concept_id");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_settled_at",
                table: "webhook_deliveries",
                column: "settled_at",
                filter: "settled_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id",
                table: "webhook_deliveries",
                column: "webhook_id",
                filter: "leased_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_due_at_id",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "due_at", "id" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_id",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_position",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_subject_id_position",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "subject_id", "position" },
                filter: "state = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_webhooks_name",
                table: "webhooks",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_withdrawals_article_id",
                table: "withdrawals",
                column: "article_id",
                unique: true,
                filter: "lifted_at is null");

            migrationBuilder.Sql(
                """
                -- Everything that readers may see is a view or a function in this schema; Definitions/ has them.
                create schema live;

                -- An article's slug is one that it has claimed, and its working copy exists; all are written in one transaction.
                alter table article_slugs add constraint ak_article_slugs_article_id_slug unique (article_id, slug);
                alter table articles
                  add constraint fk_articles_slug
                    foreign key (id, slug) references article_slugs (article_id, slug) deferrable initially deferred,
                  add constraint fk_articles_working_copy
                    foreign key (id, revision_number) references revisions (article_id, number) deferrable initially deferred;

                -- One live revision of an article at any instant, and no two articles under one slug; empty ranges overlap nothing.
                -- On expressions, so that the planner does not choose these indexes for look-ups, which a btree serves better.
                alter table publications
                  add constraint ex_publications_article
                    exclude using gist ((article_id::text) with =, tstzrange(live_from, live_until) with &&) deferrable initially deferred,
                  add constraint ex_publications_slug
                    exclude using gist ((slug || '') with =, tstzrange(live_from, live_until) with &&) deferrable initially deferred;
                -- Whoever loads publications in bulk leaves out what the change log has recorded of them.
                alter table publications alter start_logged set default false, alter end_logged set default false;
                -- Where sitemaps begin: see live.sitemaps.
                create index ix_publications_sitemaps on publications (first_live_from, article_id) where right(article_id::text,
                  3) in ('000', '800');
                -- What ended for good, by when it ended and by when it was first live: see live.tombstones. And the newest corrections.
                create index ix_publications_ended on publications (live_until)
                  where live_until = planned_until and live_until > live_from;
                create index ix_publications_ended_first_live_from on publications (first_live_from, article_id)
                  where live_until = planned_until and live_until > live_from;
                create index ix_publications_corrections on publications (live_from) where correction_kind is not null;

                -- Authors are people, and a dateline's place is a place.
                alter table authorships
                  add column kind varchar(20) not null generated always as ('person') stored,
                  add constraint fk_authorships_person foreign key (person_id, kind) references concepts (id, kind);
                alter table revisions
                  add column dateline_kind varchar(20) not null generated always as ('place') stored,
                  add constraint fk_revisions_dateline_place foreign key (dateline_place_id, dateline_kind) references concepts (id, kind);

                -- The hierarchy of concepts as its transitive closure, each concept with itself at depth 0: "all within Japan" is one
                -- index look-up.
                create table concept_tree (
                  concept_id uuid not null references concepts on delete cascade,
                  ancestor_id uuid not null references concepts on delete cascade,
                  depth int not null,
                  primary key (concept_id, ancestor_id)
                );
                create index ix_concept_tree_ancestor_id on concept_tree (ancestor_id, concept_id);

                -- One row for each publication and each concept that its revision mentions or that lies above one (kind 'subject'), and
                -- for each author (kind 'author'). Lists of a concept's articles are read from these indexes, so a page costs the same
                -- however many stories there are.
                create table appearances (
                  concept_id uuid not null,
                  kind varchar(7) not null constraint ck_appearances_kind check (kind in ('subject', 'author')),
                  first_live_from timestamptz not null,
                  live_from timestamptz not null,
                  article_id uuid not null,
                  publication_id uuid not null references publications on delete cascade,
                  about boolean not null,             -- by a mention with this relation, of the concept or of one below it
                  mentions boolean not null,
                  directly_about boolean not null,    -- by a mention of the concept itself
                  directly_mentions boolean not null,
                  primary key (concept_id, kind, first_live_from, article_id, publication_id) include (about, mentions, directly_about,
                    directly_mentions)
                );
                create index ix_appearances_publication_id on appearances (publication_id);
                create index ix_appearances_concept_id_live_from on appearances (concept_id, kind, live_from, article_id);
                create index ix_appearances_direct on appearances (concept_id, first_live_from, article_id, publication_id)
                  where kind = 'subject' and (directly_about or directly_mentions);

                -- The words of each publication in the configuration of its language, weighted: headline (A), standfirst (B), body (C),
                -- and how many different ones there are. The configuration is a name, because a column of type regconfig stops pg_upgrade.
                create table publication_texts (
                  publication_id uuid primary key references publications on delete cascade,
                  article_id uuid not null,
                  first_live_from timestamptz not null,
                  live_from timestamptz not null,
                  live_until timestamptz,
                  configuration varchar(20) not null,
                  length int not null,
                  words tsvector not null
                );
                alter table publication_texts alter words set storage external;
                create index ix_publication_texts_words on publication_texts using gin (words) with (fastupdate = off);
                create index ix_publication_texts_newest on publication_texts (first_live_from, article_id);

                -- The words of each working copy, which only editors search: those of its revision, and its slug (D).
                create table working_copy_texts (
                  article_id uuid primary key references articles on delete cascade,
                  revision int not null,
                  configuration varchar(20) not null,
                  words tsvector not null
                );
                alter table working_copy_texts alter words set storage external;
                create index ix_working_copy_texts_words on working_copy_texts using gin (words) with (fastupdate = off);
                create index ix_working_copy_texts_configuration on working_copy_texts (configuration);

                -- The configurations that publication_texts has, with the number of texts and the sum of their lengths; in how many of
                -- these texts a word stands; and the texts that are not counted yet.
                create table search_configurations (
                  configuration varchar(20) primary key,
                  texts bigint not null default 0,
                  words bigint not null default 0
                );
                create table word_counts (
                  configuration varchar(20) not null,
                  word text not null,
                  texts bigint not null,
                  primary key (configuration, word)
                ) with (fillfactor = 80);
                create table uncounted_texts (
                  publication_id uuid primary key references publication_texts on delete cascade
                );

                -- The names by which a concept is found: as searched, and in Latin letters for trigrams, which know no others in some
                -- locales.
                create table concept_names (
                  concept_id uuid not null references concepts on delete cascade,
                  name text not null,
                  folded text not null,
                  words tsvector not null,
                  spelt text not null,
                  primary key (concept_id, name)
                );
                create index ix_concept_names_words on concept_names using gin (words) with (fastupdate = off);
                create index ix_concept_names_spelt on concept_names using gin (spelt gin_trgm_ops) with (fastupdate = off);

                -- How many stories that went live mention a concept.
                create table story_counts (
                  concept_id uuid primary key,
                  stories bigint not null
                );

                -- The concepts that the change log has shown to readers, and since which change.
                create table shown_concepts (
                  concept_id uuid primary key,
                  since bigint not null
                );

                -- How far the change log is dispatched to webhooks and to the WebSub hub: one row each, locked by the node that dispatches.
                create table webhook_progress (
                  one boolean default true constraint pk_webhook_progress primary key constraint ck_webhook_progress_one check (one),
                  position bigint not null);
                insert into webhook_progress (position) values (0);
                create table websub_progress (
                  one boolean default true constraint pk_websub_progress primary key constraint ck_websub_progress_one check (one),
                  position bigint not null);
                insert into websub_progress (position) values (0);

                -- The feeds of which the hub is to be notified: one row a feed, however often it changes before the hub knows.
                create table websub_pings (
                  topic varchar(200) primary key,    -- the path of the feed
                  position bigint not null,          -- the last change that touched it
                  tries int not null constraint ck_websub_pings_tries check (tries >= 0),
                  due_at timestamptz not null,
                  lease uuid,
                  leased_until timestamptz,
                  constraint ck_websub_pings_lease check ((lease is null) = (leased_until is null))
                );
                create index ix_websub_pings_due_at on websub_pings (due_at);

                -- What of Definitions/ is applied: one row.
                create table applied_definitions (
                  hash text not null,
                  version text not null,             -- of the app that applied them
                  minimum_version text not null,     -- of an app that can run on this schema
                  objects text[] not null,           -- what they made, each as DROP names it
                  applied_at timestamptz not null
                );
                create unique index ix_applied_definitions_one on applied_definitions ((true));
                """);
        }

        /// <summary>Migrations go forward only.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Migrations go forward only; restore a backup instead.");
    }
}
