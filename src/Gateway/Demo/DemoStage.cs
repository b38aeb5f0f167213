using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary>What a demo shows once everything has started.</summary>
internal sealed class DemoStage(
    IServiceProvider services, DemoSender sender, string phantoms, string url, IProgress<string> progress, bool json)
{
    private IDbContextFactory<GatewayDbContext> Databases => services.GetRequiredService<IDbContextFactory<GatewayDbContext>>();

    private DemoWatch Watch => new(Databases, services.GetRequiredService<DataDirectory>(), url);

    /// <summary>These studies, or two phantoms, all the way.</summary>
    public async Task<int> StudiesAsync(DirectoryInfo[] folders, TimeSpan limit, CancellationToken cancel)
    {
        var sent = folders.Length > 0 ? await sender.SendAsync(folders, cancel) : await sender.SendPhantomsAsync(phantoms, cancel);
        var studies = await Watch.WaitAsync(sent, limit, progress, cancel);
        DemoReport.Write(url, studies, json);
        return studies.All(s => s.Derived.Count > 0) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>The learning loop. Done also where the gates let no model through: that is what they are for.</summary>
    public async Task<int> LoopAsync(LoopSize size, CancellationToken cancel)
    {
        var report = await new LoopDemo(
            new(Databases, new(phantoms), sender, Watch, progress),
            new(Databases, services.GetRequiredService<TrainingJobs>(), progress),
            new(Databases, services.GetRequiredService<ModelActivation>(), progress),
            size, url, progress).RunAsync(cancel);
        if (json)
            JsonLine.Write(report);
        return report.State == "done" && report.After.All(s => s.Derived.Count > 0) ? ExitCode.Done : ExitCode.Failed;
    }
}
