using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Learning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_archive_samples_series_series_id",
                table: "archive_samples");

            migrationBuilder.RenameColumn(
                name: "series_id",
                table: "archive_samples",
                newName: "id");

            migrationBuilder.CreateTable(
                name: "manifests",
                columns: table => new
                {
                    digest = table.Column<string>(type: "text", nullable: false),
                    pair = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    samples = table.Column<int>(type: "integer", nullable: false),
                    subjects = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_manifests", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "models",
                columns: table => new
                {
                    digest = table.Column<string>(type: "text", nullable: false),
                    direction = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    parent_digest = table.Column<string>(type: "text", nullable: true),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    manifest_digest = table.Column<string>(type: "text", nullable: true),
                    recipe = table.Column<string>(type: "text", nullable: true),
                    report_sha256 = table.Column<string>(type: "text", nullable: true),
                    sheet_sha256 = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reasons = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_models", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "observations",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    modality = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    calling_ae = table.Column<string>(type: "text", nullable: false),
                    vendor = table.Column<string>(type: "text", nullable: false),
                    held_by = table.Column<string>(type: "text", nullable: true),
                    model_digest = table.Column<string>(type: "text", nullable: true),
                    measures = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_observations", x => x.series_id);
                    table.ForeignKey(
                        name: "FK_observations_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shadow_results",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    champion_digest = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    measures = table.Column<string>(type: "jsonb", nullable: false),
                    sheet_sha256 = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shadow_results", x => new { x.series_id, x.revision, x.digest });
                    table.ForeignKey(
                        name: "FK_shadow_results_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "training_jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    pair = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    trigger = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recipe_name = table.Column<string>(type: "text", nullable: false),
                    recipe = table.Column<string>(type: "text", nullable: false),
                    manifest_digest = table.Column<string>(type: "text", nullable: true),
                    step = table.Column<int>(type: "integer", nullable: false),
                    steps_total = table.Column<int>(type: "integer", nullable: false),
                    phase = table.Column<string>(type: "text", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: true),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    wanted = table.Column<string>(type: "text", nullable: true),
                    checkpoint_sha256 = table.Column<string>(type: "text", nullable: true),
                    checkpoint_step = table.Column<int>(type: "integer", nullable: false),
                    seconds_trained = table.Column<double>(type: "double precision", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    reasons = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "manifest_samples",
                columns: table => new
                {
                    manifest_digest = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    modality = table.Column<string>(type: "text", nullable: false),
                    split = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    subject_of_any_issuer = table.Column<string>(type: "text", nullable: false),
                    calling_ae = table.Column<string>(type: "text", nullable: false),
                    vendor = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_manifest_samples", x => new { x.manifest_digest, x.sha256 });
                    table.ForeignKey(
                        name: "FK_manifest_samples_manifests_manifest_digest",
                        column: x => x.manifest_digest,
                        principalTable: "manifests",
                        principalColumn: "digest",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "model_acts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    why = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_model_acts", x => x.id);
                    table.ForeignKey(
                        name: "FK_model_acts_models_digest",
                        column: x => x.digest,
                        principalTable: "models",
                        principalColumn: "digest",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "training_points",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seconds_per_step = table.Column<double>(type: "double precision", nullable: false),
                    losses = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_points", x => new { x.job_id, x.step });
                    table.ForeignKey(
                        name: "FK_training_points_training_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "training_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "training_sheets",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_sheets", x => new { x.job_id, x.step });
                    table.ForeignKey(
                        name: "FK_training_sheets_training_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "training_jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_manifest_samples_subject",
                table: "manifest_samples",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "IX_manifest_samples_subject_of_any_issuer",
                table: "manifest_samples",
                column: "subject_of_any_issuer");

            migrationBuilder.CreateIndex(
                name: "IX_model_acts_digest_at",
                table: "model_acts",
                columns: new[] { "digest", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_models_direction_state",
                table: "models",
                columns: new[] { "direction", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_models_manifest_digest",
                table: "models",
                column: "manifest_digest");

            migrationBuilder.CreateIndex(
                name: "ix_models_champion",
                table: "models",
                column: "direction",
                unique: true,
                filter: "state = 'Champion'");

            migrationBuilder.CreateIndex(
                name: "IX_observations_modality_at",
                table: "observations",
                columns: new[] { "modality", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_shadow_results_digest_at",
                table: "shadow_results",
                columns: new[] { "digest", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_training_jobs_state_created_at",
                table: "training_jobs",
                columns: new[] { "state", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_training_jobs_open",
                table: "training_jobs",
                column: "pair",
                unique: true,
                filter: "state IN ('Queued', 'Running', 'Paused')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "manifest_samples");

            migrationBuilder.DropTable(
                name: "model_acts");

            migrationBuilder.DropTable(
                name: "observations");

            migrationBuilder.DropTable(
                name: "shadow_results");

            migrationBuilder.DropTable(
                name: "training_points");

            migrationBuilder.DropTable(
                name: "training_sheets");

            migrationBuilder.DropTable(
                name: "manifests");

            migrationBuilder.DropTable(
                name: "models");

            migrationBuilder.DropTable(
                name: "training_jobs");

            migrationBuilder.RenameColumn(
                name: "id",
                table: "archive_samples",
                newName: "series_id");

            migrationBuilder.AddForeignKey(
                name: "FK_archive_samples_series_series_id",
                table: "archive_samples",
                column: "series_id",
                principalTable: "series",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
