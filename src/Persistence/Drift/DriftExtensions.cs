using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Persistence;

/// <summary>Composition of the drift.</summary>
public static class DriftExtensions
{
    /// <summary>Registers the options and <see cref="DriftQueries"/>. Safe to call once per role in one process.</summary>
    public static IServiceCollection AddDrift(this IServiceCollection services)
    {
        services.AddOptions<DriftOptions>().BindConfiguration(DriftOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.Watch <= options.Suggest, "Drift:Watch must not be above Drift:Suggest.").ValidateOnStart();
        services.TryAddSingleton<DriftQueries>();
        return services;
    }
}
