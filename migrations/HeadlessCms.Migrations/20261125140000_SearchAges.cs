using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/SearchAges.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125140000_SearchAges")]
public sealed class SearchAges : SqlMigration;
