using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class StudyPatients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "patient_conflict",
                table: "studies",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "study_patient_id",
                table: "instances",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "patient_choices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    study_id = table.Column<Guid>(type: "uuid", nullable: false),
                    study_patient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    why = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patient_choices", x => x.id);
                    table.ForeignKey(
                        name: "FK_patient_choices_studies_study_id",
                        column: x => x.study_id,
                        principalTable: "studies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "study_patients",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    study_id = table.Column<Guid>(type: "uuid", nullable: false),
                    patient_id = table.Column<string>(type: "text", nullable: false),
                    issuer_of_patient_id = table.Column<string>(type: "text", nullable: false),
                    patient_name = table.Column<string>(type: "text", nullable: false),
                    patient_birth_date = table.Column<string>(type: "text", nullable: false),
                    patient_sex = table.Column<string>(type: "text", nullable: false),
                    accession_number = table.Column<string>(type: "text", nullable: true),
                    study_date = table.Column<string>(type: "text", nullable: true),
                    study_time = table.Column<string>(type: "text", nullable: true),
                    timezone_offset_from_utc = table.Column<string>(type: "text", nullable: true),
                    study_description = table.Column<string>(type: "text", nullable: true),
                    ruled_out = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_study_patients", x => x.id);
                    table.ForeignKey(
                        name: "FK_study_patients_studies_study_id",
                        column: x => x.study_id,
                        principalTable: "studies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_patient_choices_study_id",
                table: "patient_choices",
                column: "study_id");

            migrationBuilder.CreateIndex(
                name: "IX_study_patients_study_id",
                table: "study_patients",
                column: "study_id");

            // What came before: one patient a study, as its first image names them. Names and birth dates were not kept.
            migrationBuilder.Sql(
                "INSERT INTO study_patients (id, study_id, patient_id, issuer_of_patient_id, patient_name, patient_birth_date, patient_sex, "
                + "accession_number, study_date, study_time, timezone_offset_from_utc, study_description, ruled_out) "
                + "SELECT id, id, COALESCE(patient_id, ''), COALESCE(issuer_of_patient_id, ''), '', '', '', "
                + "accession_number, study_date, study_time, timezone_offset_from_utc, study_description, false FROM studies");
            migrationBuilder.Sql(
                "UPDATE instances SET study_patient_id = (SELECT study_id FROM series WHERE series.id = instances.series_id)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "patient_choices");

            migrationBuilder.DropTable(
                name: "study_patients");

            migrationBuilder.DropColumn(
                name: "patient_conflict",
                table: "studies");

            migrationBuilder.DropColumn(
                name: "study_patient_id",
                table: "instances");
        }
    }
}
