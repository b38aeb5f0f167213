using Gateway.Persistence;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>One study that gets as far as a moment, then a late image or two, and whatever follows from it.</summary>
internal sealed class LateCourse(World world, Moment moment, int round)
{
    private const int MostTries = 3;
    private const int Destinations = 1;

    private readonly Chance _chance = new(round) { IsCalm = true };

    public async Task RunAsync()
    {
        var scan = await world.BeginAsync(_chance);
        world.Fate = moment switch { Moment.Held => Fate.Held, Moment.Failed => Fate.Failed, _ => Fate.Made };
        var caught = await ReachAsync(scan);
        Is(await world.LookAsync(scan));
        var late = 1 + (round % 2);
        for (var number = 0; number < late; number++)
            await world.StoreAsync(scan, Scan.Images + number);
        world.Fate = Fate.Made;
        if (caught is var (actor, message))
            await EndAsync(actor, message);
        await world.SettleAsync(scan);

        var end = await world.LookAsync(scan);
        Assert.Equal([], end.Wrongs(Destinations).Concat(end.Joins()).Concat(world.Wrongs).Select(wrong => $"{moment} {round}: {wrong}"));
        var last = Assert.Single(end.Derived, series => series.State != SeriesState.Superseded);
        Assert.Equal(Scan.Images + late, Assert.Single(last.Instances).InstanceNumber);
        Assert.Equal((end.Study.Revision, SeriesState.Delivered), (last.Revision, last.State));
        Assert.All(end.Derived.Where(series => series != last), series => Assert.True(series.Revision < last.Revision));
    }

    /// <returns>Who is in the middle of his work, and for which message; null: nobody.</returns>
    private async Task<(Actor Actor, OutboxMessage Message)?> ReachAsync(Scan scan)
    {
        if (moment == Moment.Received)
            return null;
        world.Wait(TimeSpan.FromSeconds(6));
        await world.CompleteAsync();
        await DoAsync("StudyReceived");
        if (moment == Moment.Translating)
            return await CatchAsync(scan, "TranslateSeries", study => study.Source.State == SeriesState.Translating);
        if (moment != Moment.Queued)
            await DoAsync("TranslateSeries");
        if (moment is Moment.Delivering or Moment.Delivered)
            await DoAsync("SeriesTranslated");
        if (moment == Moment.Delivering)
            return await CatchAsync(scan, "DeliverSeries", study => study.Derived[0].State == SeriesState.Delivering);
        if (moment == Moment.Delivered)
            await world.SettleAsync(scan);
        return null;
    }

    private void Is(StudyAsItIs now) => Assert.Equal(moment, now switch
    {
        { Study.State: StudyState.Receiving } => Moment.Received,
        { Source.State: SeriesState.Queued } => Moment.Queued,
        { Source.State: SeriesState.Translating } => Moment.Translating,
        { Source.State: SeriesState.Held } => Moment.Held,
        { Source.State: SeriesState.Failed } => Moment.Failed,
        { Derived: [{ State: SeriesState.Delivering }] } => Moment.Delivering,
        { Derived: [{ State: SeriesState.Delivered }] } => Moment.Delivered,
        _ => Moment.Translated,
    });

    private async Task<OutboxMessage> NextAsync(string type)
    {
        while (true)
        {
            foreach (var message in (await world.DueAsync()).Due)
            {
                if (message.Type.EndsWith("." + type, StringComparison.Ordinal))
                    return message;
                await EndAsync(await Actor.StartAsync(message.Type, () => world.HandleAsync(message)), message);
            }
        }
    }

    private async Task DoAsync(string type)
    {
        var message = await NextAsync(type);
        await EndAsync(await Actor.StartAsync(type, () => world.HandleAsync(message)), message);
    }

    /// <summary>Lets somebody work until the study is as it should be, and a few steps more.</summary>
    private async Task<(Actor, OutboxMessage)> CatchAsync(Scan scan, string type, Func<StudyAsItIs, bool> isReached)
    {
        var message = await NextAsync(type);
        var actor = await Actor.StartAsync(type, () => world.HandleAsync(message));
        while (!isReached(await world.LookAsync(scan)))
        {
            Assert.False(actor.Work.IsCompleted, $"{type} was over before it was seen");
            await actor.StepAsync();
        }
        return (actor, message);
    }

    private async Task EndAsync(Actor actor, OutboxMessage message)
    {
        for (var tries = 1; ; tries++)
        {
            while (!actor.Work.IsCompleted)
                await actor.StepAsync();
            if (actor.Work.IsCompletedSuccessfully)
                break;
            if (tries < MostTries)
            {
                actor = await Actor.StartAsync(actor.Name, () => world.HandleAsync(message));
                continue;
            }
            await world.ParkAsync(message, actor.Work.Exception!.InnerException!);
            break;
        }
        await world.AcknowledgeAsync(message);
    }
}
