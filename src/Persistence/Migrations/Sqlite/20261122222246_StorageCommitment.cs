using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StorageCommitment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "commitment_failure",
                table: "deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "commitment_transaction_uid",
                table: "deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "committed_at",
                table: "deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "commitments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    transaction_uid = table.Column<string>(type: "TEXT", nullable: false),
                    calling_ae = table.Column<string>(type: "TEXT", nullable: false),
                    called_ae = table.Column<string>(type: "TEXT", nullable: false),
                    association_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    reported_at = table.Column<long>(type: "INTEGER", nullable: true),
                    missing = table.Column<int>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    instances = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_commitments", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_commitment_transaction_uid",
                table: "deliveries",
                column: "commitment_transaction_uid");

            migrationBuilder.CreateIndex(
                name: "IX_commitments_calling_ae_transaction_uid",
                table: "commitments",
                columns: new[] { "calling_ae", "transaction_uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_commitments_requested_at",
                table: "commitments",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "IX_commitments_state_due_at",
                table: "commitments",
                columns: new[] { "state", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "commitments");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_commitment_transaction_uid",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "commitment_failure",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "commitment_transaction_uid",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "committed_at",
                table: "deliveries");
        }
    }
}
