using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Gateway.Persistence;

/// <summary>The gateway's database: one model for both providers. Made by <c>IDbContextFactory&lt;GatewayDbContext&gt;</c>.</summary>
public abstract partial class GatewayDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Study> Studies => Set<Study>();
    public DbSet<StudyPatient> StudyPatients => Set<StudyPatient>();
    public DbSet<PatientChoice> PatientChoices => Set<PatientChoice>();
    public DbSet<Series> Series => Set<Series>();
    public DbSet<Instance> Instances => Set<Instance>();
    public DbSet<Association> Associations => Set<Association>();
    public DbSet<AssociationStudy> AssociationStudies => Set<AssociationStudy>();
    public DbSet<Picture> Pictures => Set<Picture>();
    public DbSet<Release> Releases => Set<Release>();
    public DbSet<ReaderVerdict> ReaderVerdicts => Set<ReaderVerdict>();
    public DbSet<Commitment> Commitments => Set<Commitment>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<FhirResource> FhirResources => Set<FhirResource>();
    public DbSet<FhirPublication> FhirPublications => Set<FhirPublication>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();
    public DbSet<WorkLease> WorkLeases => Set<WorkLease>();
    public DbSet<Failure> Failures => Set<Failure>();
    public DbSet<Replay> Replays => Set<Replay>();
    public DbSet<ArchiveSample> ArchiveSamples => Set<ArchiveSample>();
    public DbSet<ArchiveTombstone> ArchiveTombstones => Set<ArchiveTombstone>();
    public DbSet<Manifest> Manifests => Set<Manifest>();
    public DbSet<ManifestSample> ManifestSamples => Set<ManifestSample>();
    public DbSet<TrainingJob> TrainingJobs => Set<TrainingJob>();
    public DbSet<TrainingPoint> TrainingPoints => Set<TrainingPoint>();
    public DbSet<TrainingSheet> TrainingSheets => Set<TrainingSheet>();
    public DbSet<Model> Models => Set<Model>();
    public DbSet<ModelAct> ModelActs => Set<ModelAct>();
    public DbSet<ShadowResult> ShadowResults => Set<ShadowResult>();
    public DbSet<Observation> Observations => Set<Observation>();
    public DbSet<Refusal> Refusals => Set<Refusal>();

    /// <summary>Whether what is enqueued here is urgent, as what it comes of is.</summary>
    public bool Urgent { get; set; }

    /// <summary>How the provider stores an instant so that it sorts. Both providers read it back as UTC.</summary>
    protected abstract ValueConverter InstantConverter { get; }

    /// <summary>Studies whose state or series are new are settled in the same transaction (<see cref="StudyLife"/>).</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var studies = StudiesToSettle();
        if (studies.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await this.LockStudiesAsync(studies, cancellationToken);
        var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await this.SettleStudiesAsync(studies, cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        return rows;
    }

    /// <exception cref="NotSupportedException">Always: nothing here waits for a database in a thread.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Changes are saved by SaveChangesAsync.");

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

    private List<Guid> StudiesToSettle()
    {
        var studies = ChangeTracker.Entries<Study>().ToList();
        var changed = studies.Where(e => e.State == EntityState.Added || e.Property(s => s.State).IsModified);
        var series = ChangeTracker.Entries<Series>().Where(e => e.State == EntityState.Added);
        // Its row is made with the state that follows: every first image would have it computed again.
        var receiving = studies.Where(e => e.State == EntityState.Added && e.Entity.State == StudyState.Receiving);
        return [
            .. changed.Select(e => e.Entity.Id).Concat(series.Select(e => e.Entity.StudyId)).Except(receiving.Select(e => e.Entity.Id))];
    }

    private static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
