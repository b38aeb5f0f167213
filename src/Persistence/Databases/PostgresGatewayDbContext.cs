using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Persistence;

/// <summary>Production: PostgreSQL, any number of replicas. Instants keep microseconds.</summary>
public sealed class PostgresGatewayDbContext(DbContextOptions<PostgresGatewayDbContext> options) : GatewayDbContext(options)
{
    protected override ValueConverter InstantConverter => new Utc();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Series>().Property(series => series.Measures).HasColumnType("jsonb");
        modelBuilder.Entity<Observation>().Property(seen => seen.Measures).HasColumnType("jsonb");
        modelBuilder.Entity<ShadowResult>().Property(result => result.Measures).HasColumnType("jsonb");
        modelBuilder.Entity<TrainingPoint>().Property(point => point.Losses).HasColumnType("jsonb");
        modelBuilder.Entity<ArchiveSample>().Property(sample => sample.Measures).HasColumnType("jsonb");
    }

    // Npgsql writes timestamptz only from offset zero.
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        value => value.ToUniversalTime(), value => value.ToUniversalTime());
}
