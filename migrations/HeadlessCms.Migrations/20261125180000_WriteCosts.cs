using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/WriteCosts.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125180000_WriteCosts")]
public sealed class WriteCosts : SqlMigration;
