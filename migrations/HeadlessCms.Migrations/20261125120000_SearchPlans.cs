using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/SearchPlans.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125120000_SearchPlans")]
public sealed class SearchPlans : SqlMigration;
