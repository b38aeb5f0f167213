using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DueAndDone : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "due_at",
                table: "studies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "done_at",
                table: "outbox",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "commitment_asked_at",
                table: "deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "commitment_missed_at",
                table: "deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql("UPDATE studies SET due_at = last_received_at WHERE state = 'Receiving'");
            migrationBuilder.Sql(
                "UPDATE outbox SET done_at = (SELECT MAX(inbox.done_at) FROM inbox WHERE inbox.message_id = outbox.id) WHERE sent_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_studies_due_at",
                table: "studies",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_done_at",
                table: "outbox",
                column: "done_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_studies_due_at",
                table: "studies");

            migrationBuilder.DropIndex(
                name: "IX_outbox_done_at",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "studies");

            migrationBuilder.DropColumn(
                name: "done_at",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "commitment_asked_at",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "commitment_missed_at",
                table: "deliveries");
        }
    }
}
