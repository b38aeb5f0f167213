namespace Gateway.Outages;

/// <summary>Something that the gateway needs goes away, and comes back.</summary>
internal sealed record Outage(string Name, Func<Surroundings, Task> Begin, Func<Surroundings, Task> End)
{
    public static IReadOnlyList<Outage> All { get; } =
    [
        new("nothing", _ => Task.CompletedTask, _ => Task.CompletedTask),
        new("database-stop", s => s.Database.StopAsync(), s => s.Database.StartAsync()),
        new("database-kill", s => s.Database.KillAsync(), s => s.Database.StartAsync()),
        new("database-freeze", s => s.Database.FreezeAsync(), s => s.Database.ThawAsync()),
        new("broker-stop", s => s.Broker.StopAsync(), s => s.Broker.StartAsync()),
        new("broker-kill", s => s.Broker.KillAsync(), s => s.Broker.StartAsync()),
        new("broker-wiped", s => s.Broker.WipeAsync(), s => s.Broker.StartAsync()),
        new("disk-full", s => s.FillDiskAsync(), s => s.FreeDiskAsync()),
        new("destination", s => s.StopArchiveAsync(), s => s.StartArchiveAsync()),
        new("destination-silent", s => s.SilenceArchiveAsync(), s => s.StartArchiveAsync()),
    ];
}
