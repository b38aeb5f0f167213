using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WorklistState : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_series_state",
                table: "series");

            migrationBuilder.AddColumn<string>(
                name: "worklist_state",
                table: "studies",
                type: "TEXT",
                nullable: false,
                defaultValue: "Receiving");

            migrationBuilder.CreateIndex(
                name: "IX_series_study_id_state",
                table: "series",
                columns: new[] { "study_id", "state" });

            migrationBuilder.Sql(WorklistStateOfOldStudies.Sql);

            migrationBuilder.CreateIndex(
                name: "IX_studies_worklist_state_first_received_at_id",
                table: "studies",
                columns: new[] { "worklist_state", "first_received_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_studies_worklist_state_first_received_at_id",
                table: "studies");

            migrationBuilder.DropIndex(
                name: "IX_series_study_id_state",
                table: "series");

            migrationBuilder.DropColumn(
                name: "worklist_state",
                table: "studies");

            migrationBuilder.CreateIndex(
                name: "IX_series_state",
                table: "series",
                column: "state");
        }
    }
}
