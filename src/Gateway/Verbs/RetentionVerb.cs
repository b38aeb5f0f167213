using System.CommandLine;
using System.Data.Common;
using Gateway.Persistence;

namespace Gateway.Cli;

/// <summary><c>gateway retention</c>: deletes history that is older than <c>Retention</c> says, or tells what it would delete.</summary>
internal static class RetentionVerb
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Tell what would be deleted, and delete nothing." };

    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => Verb.Create(
        "retention", "Delete history that is too old: messages, associations, refusals, failures that were replayed, copies.",
        [DryRun, Set, CommonOptions.Data, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = parsed.GetValue(CommonOptions.Data)!.FullName,
            Settings = RunVerb.Settings(
                [.. parsed.GetValue(Set) ?? [], "Logging:LogLevel:Default=None", "Logging:LogLevel:Microsoft.EntityFrameworkCore=None"]),
        });
        var dryRun = parsed.GetValue(DryRun);
        try
        {
            var deleted = await app.Services.GetRequiredService<History>().DeleteAsync(dryRun, cancel);
            if (deleted.Count == 0)
                throw new VerbException("Another process deletes history in this folder at this moment.");
            if (parsed.GetValue(CommonOptions.Json))
                JsonLine.Write(new { dryRun, deleted });
            else
                foreach (var (kind, count) in deleted)
                    Console.WriteLine($"{kind,-13} {count} {(dryRun ? "would be deleted" : "deleted")}");
            return ExitCode.Done;
        }
        catch (DbException e)
        {
            throw new VerbException($"The database cannot be used: {e.Message}", ExitCode.ServerMissing);
        }
    }
}
