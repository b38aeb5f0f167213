using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Learning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand: to drop a key, EF Core would rebuild the table outside of the transaction, and a kill in between would leave it half done.
            migrationBuilder.Sql(
                """
                CREATE TABLE archive_samples_of_ids (
                    id TEXT NOT NULL CONSTRAINT PK_archive_samples PRIMARY KEY,
                    revision INTEGER NOT NULL,
                    modality TEXT NOT NULL,
                    grey_low REAL NOT NULL,
                    grey_high REAL NOT NULL,
                    row_spacing REAL NOT NULL,
                    column_spacing REAL NOT NULL,
                    slice_distance REAL NOT NULL,
                    slices INTEGER NOT NULL,
                    centre INTEGER NOT NULL,
                    registration TEXT NOT NULL,
                    measures TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    subject_of_any_issuer TEXT NOT NULL,
                    key_id TEXT NOT NULL,
                    split TEXT NOT NULL,
                    calling_ae TEXT NOT NULL,
                    vendor TEXT NOT NULL,
                    entered_on INTEGER NOT NULL,
                    sha256 TEXT NOT NULL);
                INSERT INTO archive_samples_of_ids (
                    id, revision, modality, grey_low, grey_high, row_spacing, column_spacing, slice_distance, slices, centre,
                    registration, measures, subject, subject_of_any_issuer, key_id, split, calling_ae, vendor, entered_on, sha256)
                SELECT series_id, revision, modality, grey_low, grey_high, row_spacing, column_spacing, slice_distance, slices, centre,
                    registration, measures, subject, subject_of_any_issuer, key_id, split, calling_ae, vendor, entered_on, sha256 FROM archive_samples;
                DROP TABLE archive_samples;
                ALTER TABLE archive_samples_of_ids RENAME TO archive_samples;
                CREATE INDEX IX_archive_samples_sha256 ON archive_samples (sha256);
                CREATE INDEX IX_archive_samples_subject ON archive_samples (subject);
                CREATE INDEX IX_archive_samples_subject_of_any_issuer ON archive_samples (subject_of_any_issuer);
                """);

            migrationBuilder.CreateTable(
                name: "manifests",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    pair = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    samples = table.Column<int>(type: "INTEGER", nullable: false),
                    subjects = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_manifests", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "models",
                columns: table => new
                {
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    direction = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    parent_digest = table.Column<string>(type: "TEXT", nullable: true),
                    job_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    manifest_digest = table.Column<string>(type: "TEXT", nullable: true),
                    recipe = table.Column<string>(type: "TEXT", nullable: true),
                    report_sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    sheet_sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_models", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "observations",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    modality = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    calling_ae = table.Column<string>(type: "TEXT", nullable: false),
                    vendor = table.Column<string>(type: "TEXT", nullable: false),
                    held_by = table.Column<string>(type: "TEXT", nullable: true),
                    model_digest = table.Column<string>(type: "TEXT", nullable: true),
                    measures = table.Column<string>(type: "TEXT", nullable: false)
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
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    champion_digest = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    measures = table.Column<string>(type: "TEXT", nullable: false),
                    sheet_sha256 = table.Column<string>(type: "TEXT", nullable: true)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    pair = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    trigger = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    recipe_name = table.Column<string>(type: "TEXT", nullable: false),
                    recipe = table.Column<string>(type: "TEXT", nullable: false),
                    manifest_digest = table.Column<string>(type: "TEXT", nullable: true),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    steps_total = table.Column<int>(type: "INTEGER", nullable: false),
                    phase = table.Column<string>(type: "TEXT", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    fence = table.Column<long>(type: "INTEGER", nullable: false),
                    wanted = table.Column<string>(type: "TEXT", nullable: true),
                    checkpoint_sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    checkpoint_step = table.Column<int>(type: "INTEGER", nullable: false),
                    seconds_trained = table.Column<double>(type: "REAL", nullable: false),
                    trace_parent = table.Column<string>(type: "TEXT", nullable: true),
                    reasons = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_jobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "manifest_samples",
                columns: table => new
                {
                    manifest_digest = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    modality = table.Column<string>(type: "TEXT", nullable: false),
                    split = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    subject_of_any_issuer = table.Column<string>(type: "TEXT", nullable: false),
                    calling_ae = table.Column<string>(type: "TEXT", nullable: false),
                    vendor = table.Column<string>(type: "TEXT", nullable: false)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    why = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    job_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seconds_per_step = table.Column<double>(type: "REAL", nullable: false),
                    losses = table.Column<string>(type: "TEXT", nullable: false)
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
                    job_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false)
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
