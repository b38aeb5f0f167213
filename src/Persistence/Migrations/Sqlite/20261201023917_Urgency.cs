using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Urgency : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_outbox_not_before",
                table: "outbox");

            migrationBuilder.AddColumn<string>(
                name: "urgent_by",
                table: "studies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "urgent",
                table: "outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_outbox_urgent_not_before",
                table: "outbox",
                columns: new[] { "urgent", "not_before" },
                descending: new[] { true, false },
                filter: "sent_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_outbox_urgent_not_before",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "urgent_by",
                table: "studies");

            migrationBuilder.DropColumn(
                name: "urgent",
                table: "outbox");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_not_before",
                table: "outbox",
                column: "not_before",
                filter: "sent_at IS NULL");
        }
    }
}
