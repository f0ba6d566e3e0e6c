using HeadlessCms.Core.Storage;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HeadlessCms.Migrations;

/// <summary>Runs <c>Sql/VisibleConcepts.sql</c>.</summary>
[DbContext(typeof(NewsroomDbContext)), Migration("20261125160000_VisibleConcepts")]
public sealed class VisibleConcepts : SqlMigration;
