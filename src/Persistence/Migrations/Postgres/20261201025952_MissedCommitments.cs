using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class MissedCommitments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_deliveries_commitment_asked_at",
                table: "deliveries",
                column: "commitment_asked_at",
                filter: "commitment_asked_at IS NOT NULL AND committed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_commitment_failure",
                table: "deliveries",
                column: "commitment_failure",
                filter: "commitment_failure IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_commitment_missed_at",
                table: "deliveries",
                column: "commitment_missed_at",
                filter: "commitment_missed_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deliveries_commitment_asked_at",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_commitment_failure",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_commitment_missed_at",
                table: "deliveries");
        }
    }
}
