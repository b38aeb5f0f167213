using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Persistence;

/// <summary>Composition of the archive.</summary>
public static class ArchiveExtensions
{
    /// <summary>Registers the options, the key, the erasure and the maker of manifests. A key that is named and unusable forbids the
    /// start.</summary>
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddOptions<ArchiveOptions>().BindConfiguration(ArchiveOptions.Section).ValidateDataAnnotations()
            .Validate(
                options => !options.Enabled || options.PseudonymKey is not { } path
                    || (File.Exists(path) && new FileInfo(path).Length >= ArchiveOptions.ShortestKey),
                $"Archive:PseudonymKey: no file of at least {ArchiveOptions.ShortestKey} bytes has this name.")
            .ValidateOnStart();
        services.TryAddSingleton<OrphanSweep>();
        services.TryAddSingleton<SubjectKey>();
        services.TryAddSingleton<ArchiveErasure>();
        services.TryAddSingleton<ManifestBuilder>();
        return services;
    }
}
