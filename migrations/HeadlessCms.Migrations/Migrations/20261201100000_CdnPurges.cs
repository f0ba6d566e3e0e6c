using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HeadlessCms.Migrations
{
    /// <summary>Where and what is purged at a CDN, and how far the change log is dispatched to it.</summary>
    [DbContext(typeof(NewsroomDbContext))]
    [Migration("20261201100000_CdnPurges")]
    public sealed class CdnPurges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                -- How far the change log is dispatched to CDNs: one row, locked by the node that dispatches; null before the first time.
                create table cdn_progress (
                  one boolean default true constraint pk_cdn_progress primary key constraint ck_cdn_progress_one check (one),
                  position bigint);
                insert into cdn_progress (position) values (null);

                -- Where tags are purged. The node that has the lease sends.
                create table cdn_targets (
                  address varchar(2048) constraint pk_cdn_targets primary key,
                  tries int not null constraint ck_cdn_targets_tries check (tries >= 0),
                  due_at timestamptz not null,       -- not before: after a failed attempt
                  lease uuid,
                  leased_until timestamptz,
                  constraint ck_cdn_targets_lease check ((lease is null) = (leased_until is null))
                );

                -- The tags to purge: one row a target and tag, however many changes there are before it is purged.
                create table cdn_purges (
                  address varchar(2048) constraint fk_cdn_purges_address references cdn_targets (address) on delete cascade,
                  tag text not null,
                  position bigint not null,          -- the first change that is not purged: the order
                  changed bigint not null,           -- the last change
                  since timestamptz not null,        -- the instant of the first one
                  is_purged boolean not null,        -- whether it is due a second time
                  due_at timestamptz not null,
                  constraint pk_cdn_purges primary key (address, tag),
                  constraint ck_cdn_purges_positions check (position <= changed)
                );
                create index ix_cdn_purges_due_at on cdn_purges (address, due_at);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop table cdn_purges, cdn_targets, cdn_progress");
        }
    }
}
