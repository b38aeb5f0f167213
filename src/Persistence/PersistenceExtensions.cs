using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Gateway.Persistence;

/// <summary>Composition of the database and the object store.</summary>
public static class PersistenceExtensions
{
    /// <summary>
    /// Registers <c>IDbContextFactory&lt;GatewayDbContext&gt;</c>, <see cref="IObjectStore"/> and <see cref="DataDirectory"/>, and migrates
    /// the database before the host starts. Safe to call once per role in one process.
    /// </summary>
    public static TBuilder AddPersistence<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        var root = Path.GetFullPath(builder.Configuration["data"] ?? DataDirectory.Default);
        builder.Services.AddOptions<ObjectOptions>().BindConfiguration(ObjectOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var data = new DataDirectory(root);
        builder.Services.TryAddSingleton(
            builder.Configuration[ObjectOptions.FolderKey] is { } shared ? data with { Objects = Path.GetFullPath(shared) } : data);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<OutboxSignal>();
        builder.Services.TryAddSingleton<IDbContextFactory<GatewayDbContext>, GatewayDbContextFactory>();
        builder.Services.TryAddSingleton<IObjectStore, FolderObjectStore>();
        builder.Services.TryAddSingleton<WorkLeases>();
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton<History>();
        builder.Services.TryAddSingleton<ObjectAudit>();
        builder.Services.TryAddSingleton<WorkReplays>();
        builder.Services.TryAddSingleton<DeliveryRedirects>();
        builder.Services.TryAddSingleton<ModelActivation>();
        builder.Services.TryAddSingleton<ModelReplays>();
        builder.Services.TryAddSingleton<TrainingJobs>();
        builder.Services.TryAddSingleton<TrainingLeases>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseMigration>());
        return builder;
    }
}
