using Gateway.Persistence;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>What happens to one study from its first image on, by chance; then all calms down, and then an operator does
/// what there is to do.</summary>
internal sealed class Course(World world, int destinations, Chance chance, bool twoPatients = false)
{
    private const int Steps = 90;
    private const int MostTries = 3;

    private readonly List<string> _told = [];
    private readonly List<(Actor Actor, OutboxMessage? Message)> _actors = [];
    private readonly Dictionary<Guid, int> _tries = [];
    private int _late;
    private int _others;

    public async Task RunAsync()
    {
        var scan = await world.BeginAsync(chance);
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(scan);
            var now = await world.LookAsync(scan);
            Check(now.Unsettled().Concat(now.Joins()));
        }

        chance.IsCalm = true;
        await CalmAsync(scan);
        Check((await world.LookAsync(scan)).Wrongs(destinations));

        await OperatorAsync(scan);
        var end = await world.LookAsync(scan);
        Check(
            end.Wrongs(destinations).Concat(end.Joins())
                .Concat(
                    end.Study.Series.Where(s => s.State is SeriesState.Failed or SeriesState.Held)
                        .Select(s => $"{s.Origin} {s.State} after replay")));
    }

    private async Task StepAsync(Scan scan)
    {
        var (due, more) = await world.DueAsync();
        var free = due.FindAll(message => _actors.Count(a => a.Message?.Id == message.Id) < (chance.Of100(5) ? 2 : 1));
        if (chance.Of100(3) && _late < 2)
            await LateAsync(scan);
        else if (twoPatients && chance.Of100(5) && _others < 3)
            await OtherAsync(scan);
        else if (chance.Of100(6))
            await StartAsync("operator", () => OperatesAsync(scan));
        else if (chance.Of100(4))
            await StartAsync("reader", () => ReadsAsync(scan));
        else if (chance.Of100(10))
            await CompleteAsync();
        else if (_actors.Count > 0 && (_actors.Count >= 3 || free.Count == 0 || chance.Of100(70)))
            await ResumeAsync();
        else if (free.Count > 0)
            await HandOutAsync(free[chance.Next(free.Count)]);
        else if (more)
            world.Wait(TimeSpan.FromMinutes(11));
        else
            await CompleteAsync();
    }

    /// <summary>Everybody finishes, all messages are handed out, what is complete is found to be.</summary>
    private async Task CalmAsync(Scan scan)
    {
        for (var round = 0; round < 2_000; round++)
        {
            var (due, more) = await world.DueAsync();
            if (_actors.Count > 0)
                await ResumeAsync();
            else if (due.Count > 0)
                await HandOutAsync(due[0]);
            else if (more)
                world.Wait(TimeSpan.FromMinutes(11));
            else if ((await world.LookAsync(scan)).Study.State == StudyState.Receiving)
                await CompleteAsync();
            else
                return;
        }
        Check(["it never ends"]);
    }

    private async Task OperatorAsync(Scan scan)
    {
        for (var round = 0; round < 4; round++)
        {
            await StartAsync("operator", () => OperatesAsync(scan));
            await CalmAsync(scan);
        }
    }

    private async Task OperatesAsync(Scan scan)
    {
        var found = await world.LookAsync(scan);
        if (found.Study.PatientConflict || (found.Study.Patients.Count > 1 && chance.Of100(10)))
            await world.ChoosePatientAsync(found.Study.Id, found.Study.Patients[chance.Next(found.Study.Patients.Count)].Id);
        else if (found.Source.State == SeriesState.Held)
            await world.ReleaseAsync(found.Source.Id);
        foreach (var one in await world.ReplayAsync(found.Study.Id))
            _told.Add($"  replay of {one.Stage}: {one.Result}");
    }

    private async Task ReadsAsync(Scan scan)
    {
        if ((await world.LookAsync(scan)).Derived is { Count: > 0 } made)
            await world.JudgeAsync(
                made[chance.Next(made.Count)].Id, chance.Of100(60) ? VerdictKind.Rejected : (VerdictKind)chance.Next(3));
    }

    private async Task LateAsync(Scan scan)
    {
        _told.Add("late image");
        await world.StoreAsync(scan, Scan.Images + _late++);
    }

    /// <summary>Of the other patient: a new image, a copy of one, or all of them.</summary>
    private async Task OtherAsync(Scan scan)
    {
        var numbers = chance.Next(3) == 0 ? Enumerable.Range(0, Scan.Images) : [chance.Next(Scan.Images + 4)];
        _told.Add($"the other patient's {string.Join(", ", numbers)}");
        _others++;
        foreach (var number in numbers)
            await world.StoreAsync(scan, number, patient: 1);
    }

    private async Task CompleteAsync()
    {
        world.Wait(TimeSpan.FromSeconds(6));
        await StartAsync("completion", world.CompleteAsync);
    }

    private async Task StartAsync(string name, Func<Task> work) => Add(await Actor.StartAsync(name, work), null);

    private async Task HandOutAsync(OutboxMessage message) =>
        Add(await Actor.StartAsync(message.Type.Split('.')[^1], () => world.HandleAsync(message)), message);

    private void Add(Actor actor, OutboxMessage? message)
    {
        _told.Add($"{actor.Name} starts");
        _actors.Add((actor, message));
        actor.DiesBeforeCommit = chance.Of100(6) ? true : chance.Of100(6) ? false : null;
    }

    private async Task ResumeAsync()
    {
        var (actor, message) = _actors[chance.Next(_actors.Count)];
        if (chance.Of100(3))
            await actor.KillAsync();
        else
            await actor.StepAsync();
        _told.Add($"{actor.Name} goes on");
        if (actor.Work.IsCompleted)
            await EndAsync(actor, message);
    }

    private async Task EndAsync(Actor actor, OutboxMessage? message)
    {
        _actors.Remove((actor, message));
        var error = actor.Work.Exception?.InnerException;
        _told.Add($"{actor.Name} ends{(actor.IsDead ? ", killed" : error is null ? "" : ", " + error.Message)}");
        if (message is null)
        {
            if (error is not null && !actor.IsDead)
                Check([$"{actor.Name}: {error}"]);
        }
        else if (error is null && !actor.IsDead)
        {
            if (!chance.Of100(5)) // or the broker never hears, and hands it out again
                await world.AcknowledgeAsync(message);
        }
        else if (!actor.IsDead && (_tries[message.Id] = _tries.GetValueOrDefault(message.Id) + 1) >= MostTries)
        {
            await world.ParkAsync(message, error!);
            await world.AcknowledgeAsync(message);
        }
    }

    private void Check(IEnumerable<string> wrongs)
    {
        var all = wrongs.Concat(world.Wrongs).ToList();
        Assert.True(all.Count == 0, $"Seed {chance.Seed}: {string.Join("; ", all)}\n{string.Join('\n', _told)}");
    }
}
