using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>What of the configuration forbids a start, all of it at once, before anything is opened.</summary>
public sealed class SettingsCheck(IServiceCollection services, IServiceProvider provider, IConfiguration configuration)
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>What libraries read.</summary>
    private static readonly string[] Foreign = [
        "Kestrel", "Logging", "OTEL_EXPORTER_OTLP_ENDPOINT", "data", "http_ports", "https_ports", "urls"];

    /// <returns>One sentence a fault; none: it may start.</returns>
    public IReadOnlyList<string> Faults()
    {
        string[] faults = [.. new KnownSettings(services).Unknown(configuration), .. Told(Validate)];
        return faults.Length > 0 ? [.. faults.Distinct()] : Told(Reachable);
    }

    /// <summary>A sentence for each key of a command line whose section nobody reads. Of other sources that cannot be
    /// said: the environment is full of
    /// strangers' keys.</summary>
    public IReadOnlyList<string> UnknownSections(IEnumerable<string> keys)
    {
        var known = new KnownSettings(services);
        return [.. keys.Select(key => known.UnknownSection(key.Split(':')[0], Foreign)).OfType<string>().Distinct()];
    }

    /// <summary>The sentences of an exception that a wrong value made; null where it is another.</summary>
    public static IReadOnlyList<string>? FaultsOf(Exception error) => error switch
    {
        SettingsException settings => settings.Faults,
        OptionsValidationException options => [.. options.Failures.Distinct()],
        AggregateException all when all.InnerExceptions.Select(FaultsOf).ToList() is var each && !each.Contains(null) =>
            [.. each.SelectMany(faults => faults!)],
        InvalidOperationException { Source: Binder } conversion => [conversion.Message],
        _ => null,
    };

    private static IReadOnlyList<string> Told(Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (Exception error) when (FaultsOf(error) is { } faults)
        {
            return faults;
        }
    }

    private void Validate() => provider.GetService<IStartupValidator>()?.Validate();

    private void Reachable()
    {
        if (LoopbackGuard.Fault(configuration, provider.GetRequiredService<IOptions<AuthOptions>>().Value) is { } fault)
            throw new SettingsException([fault]);
    }
}
