using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Persistence;

/// <summary>The gateway's database: one model for both providers. Made by <c>IDbContextFactory&lt;GatewayDbContext&gt;</c>.</summary>
public abstract partial class GatewayDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Study> Studies => Set<Study>();
    public DbSet<Series> Series => Set<Series>();
    public DbSet<Instance> Instances => Set<Instance>();
    public DbSet<Association> Associations => Set<Association>();
    public DbSet<AssociationStudy> AssociationStudies => Set<AssociationStudy>();
    public DbSet<Picture> Pictures => Set<Picture>();
    public DbSet<Release> Releases => Set<Release>();
    public DbSet<Commitment> Commitments => Set<Commitment>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<FhirResource> FhirResources => Set<FhirResource>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();
    public DbSet<Failure> Failures => Set<Failure>();
    public DbSet<Replay> Replays => Set<Replay>();
    public DbSet<Refusal> Refusals => Set<Refusal>();

    /// <summary>How the provider stores an instant so that it sorts. Both providers read it back as UTC.</summary>
    protected abstract ValueConverter InstantConverter { get; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion(InstantConverter.GetType());
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GatewayDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
