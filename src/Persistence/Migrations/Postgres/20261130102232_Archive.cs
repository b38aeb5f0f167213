using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Archive : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "archive_samples",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    modality = table.Column<string>(type: "text", nullable: false),
                    grey_low = table.Column<double>(type: "double precision", nullable: false),
                    grey_high = table.Column<double>(type: "double precision", nullable: false),
                    row_spacing = table.Column<double>(type: "double precision", nullable: false),
                    column_spacing = table.Column<double>(type: "double precision", nullable: false),
                    slice_distance = table.Column<double>(type: "double precision", nullable: false),
                    slices = table.Column<int>(type: "integer", nullable: false),
                    centre = table.Column<int>(type: "integer", nullable: false),
                    registration = table.Column<string>(type: "text", nullable: false),
                    measures = table.Column<string>(type: "jsonb", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    subject_of_any_issuer = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false),
                    split = table.Column<string>(type: "text", nullable: false),
                    calling_ae = table.Column<string>(type: "text", nullable: false),
                    vendor = table.Column<string>(type: "text", nullable: false),
                    entered_on = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_archive_samples", x => x.series_id);
                    table.ForeignKey(
                        name: "FK_archive_samples_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "archive_tombstones",
                columns: table => new
                {
                    subject = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_archive_tombstones", x => x.subject);
                });

            migrationBuilder.CreateIndex(
                name: "IX_archive_samples_sha256",
                table: "archive_samples",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "IX_archive_samples_subject",
                table: "archive_samples",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "IX_archive_samples_subject_of_any_issuer",
                table: "archive_samples",
                column: "subject_of_any_issuer");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "archive_samples");

            migrationBuilder.DropTable(
                name: "archive_tombstones");
        }
    }
}
