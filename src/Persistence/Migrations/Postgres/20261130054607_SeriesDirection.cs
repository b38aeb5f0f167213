using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SeriesDirection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "direction",
                table: "series",
                type: "text",
                nullable: true);

            // As the handler decided it until now, for whatever eligibility had let pass; and a derived series came the way its source went.
            migrationBuilder.Sql("""
                UPDATE series SET direction = CASE WHEN modality = 'MR' THEN 't2-ct' ELSE 'ct-t2' END
                WHERE origin = 'Received' AND state NOT IN ('Receiving', 'Received', 'Ineligible')
                """);
            migrationBuilder.Sql("""
                UPDATE series SET direction = CASE WHEN modality = 'MR' THEN 'ct-t2' ELSE 't2-ct' END WHERE origin = 'Derived'
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "direction",
                table: "series");
        }
    }
}
