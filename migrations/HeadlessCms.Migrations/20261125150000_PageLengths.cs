using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/PageLengths.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125150000_PageLengths")]
public sealed class PageLengths : SqlMigration;
