using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "associations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    calling_ae = table.Column<string>(type: "TEXT", nullable: false),
                    called_ae = table.Column<string>(type: "TEXT", nullable: false),
                    remote_address = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    announced = table.Column<int>(type: "INTEGER", nullable: false),
                    stored = table.Column<int>(type: "INTEGER", nullable: false),
                    failed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_associations", x => x.id);
                });

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

            migrationBuilder.CreateTable(
                name: "failures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_type = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    study_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    replayed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fhir_resources",
                columns: table => new
                {
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    resource_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    identifier = table.Column<string>(type: "TEXT", nullable: true),
                    study_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fhir_resources", x => new { x.type, x.resource_id });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer = table.Column<string>(type: "TEXT", nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    not_before = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "refusals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    calling_ae = table.Column<string>(type: "TEXT", nullable: false),
                    called_ae = table.Column<string>(type: "TEXT", nullable: false),
                    remote_address = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    quarantined = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refusals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "studies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    study_instance_uid = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    first_received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    completion_rule = table.Column<string>(type: "TEXT", nullable: true),
                    completed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    completed_instances = table.Column<int>(type: "INTEGER", nullable: false),
                    patient_id = table.Column<string>(type: "TEXT", nullable: true),
                    issuer_of_patient_id = table.Column<string>(type: "TEXT", nullable: true),
                    accession_number = table.Column<string>(type: "TEXT", nullable: true),
                    study_date = table.Column<string>(type: "TEXT", nullable: true),
                    study_time = table.Column<string>(type: "TEXT", nullable: true),
                    timezone_offset_from_utc = table.Column<string>(type: "TEXT", nullable: true),
                    study_description = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_studies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "association_studies",
                columns: table => new
                {
                    association_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    study_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_association_studies", x => new { x.association_id, x.study_id });
                    table.ForeignKey(
                        name: "FK_association_studies_associations_association_id",
                        column: x => x.association_id,
                        principalTable: "associations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_association_studies_studies_study_id",
                        column: x => x.study_id,
                        principalTable: "studies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    study_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_instance_uid = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    modality = table.Column<string>(type: "TEXT", nullable: true),
                    series_number = table.Column<int>(type: "INTEGER", nullable: true),
                    series_description = table.Column<string>(type: "TEXT", nullable: true),
                    body_part_examined = table.Column<string>(type: "TEXT", nullable: true),
                    chosen_sop_instance_uid = table.Column<string>(type: "TEXT", nullable: true),
                    derived_from_series_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    model_digest = table.Column<string>(type: "TEXT", nullable: true),
                    model_name = table.Column<string>(type: "TEXT", nullable: true),
                    model_device_uid = table.Column<string>(type: "TEXT", nullable: true),
                    measures = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series", x => x.id);
                    table.ForeignKey(
                        name: "FK_series_series_derived_from_series_id",
                        column: x => x.derived_from_series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_series_studies_study_id",
                        column: x => x.study_id,
                        principalTable: "studies",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sop_instance_uid = table.Column<string>(type: "TEXT", nullable: false),
                    sop_class_uid = table.Column<string>(type: "TEXT", nullable: false),
                    transfer_syntax_uid = table.Column<string>(type: "TEXT", nullable: false),
                    instance_number = table.Column<int>(type: "INTEGER", nullable: true),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    conflict = table.Column<bool>(type: "INTEGER", nullable: false),
                    uid_elsewhere = table.Column<bool>(type: "INTEGER", nullable: false),
                    pixel_data_short = table.Column<bool>(type: "INTEGER", nullable: false),
                    association_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instances", x => x.id);
                    table.ForeignKey(
                        name: "FK_instances_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pictures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pictures", x => x.id);
                    table.ForeignKey(
                        name: "FK_pictures_series_series_id",
                        column: x => x.series_id,
                        principalTable: "series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    instance_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    destination = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    dicom_status = table.Column<int>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    commitment_transaction_uid = table.Column<string>(type: "TEXT", nullable: true),
                    committed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    commitment_failure = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "FK_deliveries_instances_instance_id",
                        column: x => x.instance_id,
                        principalTable: "instances",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_association_studies_study_id",
                table: "association_studies",
                column: "study_id");

            migrationBuilder.CreateIndex(
                name: "IX_associations_outcome_seen_at",
                table: "associations",
                columns: new[] { "outcome", "seen_at" });

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

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_commitment_transaction_uid",
                table: "deliveries",
                column: "commitment_transaction_uid");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_instance_id_destination",
                table: "deliveries",
                columns: new[] { "instance_id", "destination" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_state",
                table: "deliveries",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_failures_at",
                table: "failures",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_failures_series_id",
                table: "failures",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "IX_failures_study_id",
                table: "failures",
                column: "study_id");

            migrationBuilder.CreateIndex(
                name: "IX_fhir_resources_study_id",
                table: "fhir_resources",
                column: "study_id");

            migrationBuilder.CreateIndex(
                name: "IX_fhir_resources_type_identifier",
                table: "fhir_resources",
                columns: new[] { "type", "identifier" });

            migrationBuilder.CreateIndex(
                name: "IX_instances_association_id",
                table: "instances",
                column: "association_id");

            migrationBuilder.CreateIndex(
                name: "IX_instances_series_id_sop_instance_uid_sha256",
                table: "instances",
                columns: new[] { "series_id", "sop_instance_uid", "sha256" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_instances_sop_instance_uid",
                table: "instances",
                column: "sop_instance_uid");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_not_before",
                table: "outbox",
                column: "not_before",
                filter: "sent_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_pictures_series_id",
                table: "pictures",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "IX_refusals_at",
                table: "refusals",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_series_derived_from_series_id",
                table: "series",
                column: "derived_from_series_id");

            migrationBuilder.CreateIndex(
                name: "IX_series_state",
                table: "series",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_series_study_id_series_instance_uid",
                table: "series",
                columns: new[] { "study_id", "series_instance_uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_studies_first_received_at_id",
                table: "studies",
                columns: new[] { "first_received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_studies_state",
                table: "studies",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_studies_study_instance_uid",
                table: "studies",
                column: "study_instance_uid",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "association_studies");

            migrationBuilder.DropTable(
                name: "commitments");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "failures");

            migrationBuilder.DropTable(
                name: "fhir_resources");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "pictures");

            migrationBuilder.DropTable(
                name: "refusals");

            migrationBuilder.DropTable(
                name: "associations");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "studies");
        }
    }
}
