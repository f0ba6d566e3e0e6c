using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/SearchSizes.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125170000_SearchSizes")]
public sealed class SearchSizes : SqlMigration;
