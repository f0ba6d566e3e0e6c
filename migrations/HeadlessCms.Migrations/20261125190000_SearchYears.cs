using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/SearchYears.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125190000_SearchYears")]
public sealed class SearchYears : SqlMigration;
