using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Gateway.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DeliveryWaits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "tried_at",
                table: "deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "waiting_since",
                table: "deliveries",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            // As far as is known: since they were made.
            migrationBuilder.Sql("UPDATE deliveries SET waiting_since = (SELECT received_at FROM instances WHERE instances.id = deliveries.instance_id)");

            // A caller that could not be reached is not given up on any more.
            migrationBuilder.Sql("UPDATE commitments SET state = 'Due' WHERE state = 'Parked' AND attempts >= 20");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "tried_at",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "waiting_since",
                table: "deliveries");
        }
    }
}
