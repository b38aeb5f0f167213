using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OneDigest : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_instances_series_id_sop_instance_uid_content_sha256",
                table: "instances");

            migrationBuilder.DropColumn(
                name: "content_sha256",
                table: "instances");

            migrationBuilder.CreateIndex(
                name: "IX_instances_series_id_sop_instance_uid_sha256",
                table: "instances",
                columns: new[] { "series_id", "sop_instance_uid", "sha256" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_instances_series_id_sop_instance_uid_sha256",
                table: "instances");

            migrationBuilder.AddColumn<string>(
                name: "content_sha256",
                table: "instances",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_instances_series_id_sop_instance_uid_content_sha256",
                table: "instances",
                columns: new[] { "series_id", "sop_instance_uid", "content_sha256" },
                unique: true);
        }
    }
}
