using Gateway.Workshop.Phantom;

namespace Gateway.FieldCases;

/// <summary>Sends every case to one gateway, as a scanner would, waits until nothing is left to do, and asks the API what became of
/// it.</summary>
internal sealed class CaseRun(Checkout checkout, DirectoryInfo? pictures) : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public async Task<List<CaseResult>> RunAsync(List<Generator> generators, CancellationToken cancel)
    {
        var phantoms = Phantoms();
        using var gateway = await CaseGateway.StartAsync(checkout, _temporary.Sub("data"), cancel);
        var outcomes = new Dictionary<string, Outcome>();
        foreach (var generator in generators)
        {
            await Console.Error.WriteLineAsync(generator.Name);
            var parts = await generator.WriteAsync(_temporary.Sub(generator.Name), phantoms, cancel);
            foreach (var part in parts)
                await gateway.SendAsync(part, cancel);
            outcomes[generator.Name] = await gateway.OutcomeAsync(parts[^1], cancel);
            if (pictures is not null)
                await gateway.SaveSheetsAsync(outcomes[generator.Name], Path.Combine(pictures.FullName, generator.Name), cancel);
        }
        var plain = new PlainPictures(outcomes);
        return [.. outcomes.Select(o => CaseResult.Of(o.Key, o.Value, plain))];
    }

    public void Dispose() => _temporary.Dispose();

    /// <summary>As <c>gateway demo</c> names them: the generators look for <c>*-ct</c> and <c>*-t2</c>.</summary>
    private string Phantoms()
    {
        var folder = _temporary.Sub("phantoms");
        PhantomSeries.Write(Path.Combine(folder, "1-ct"), new PhantomSeriesOptions { Kind = PhantomKind.HeadCt, Seed = 1 });
        PhantomSeries.Write(Path.Combine(folder, "1-t2"), new PhantomSeriesOptions { Kind = PhantomKind.T2, Seed = 2 });
        return folder;
    }
}
