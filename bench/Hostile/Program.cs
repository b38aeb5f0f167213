using System.CommandLine;
using Gateway.Hostile;

var rounds = new Option<int>("--rounds")
{
    Description = "Pairs of windows, without and with the attack, for each attack.",
    DefaultValueFactory = _ => 5,
};
var seconds = new Option<double>("--seconds") { Description = "Length of a window.", DefaultValueFactory = _ => 10 };
var senders = new Option<int>("--senders")
{
    Description = "Legitimate associations, each sending without a pause.",
    DefaultValueFactory = _ => 4,
};
var kibibytes = new Option<int>("--kibibytes") { Description = "Pixel data of one object.", DefaultValueFactory = _ => 128 };
var only = new Option<string[]>("--attacks") { Description = "Names of attacks; all without it.", AllowMultipleArgumentsPerToken = true };

var root = new RootCommand(
    "What legitimate senders lose while others attack the front door.") { rounds, seconds, senders, kibibytes, only };
root.SetAction(async (parsed, cancel) =>
{
    using var listener = await ListenerProcess.StartAsync(cancel);
    var run = new HostileRun(
        listener, parsed.GetValue(senders), parsed.GetValue(kibibytes) * 1024, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    await run.WindowAsync(null, cancel);    // warm
    Console.WriteLine(
        $"{Environment.ProcessorCount} cores, load {Machine.LoadAverage()}; {parsed.GetValue(senders)} senders, objects of {parsed.GetValue(kibibytes)} KiB.");
    Console.WriteLine("| attack | objects/s without | with | ratio, min | ratio, median | listener's memory, MiB |");
    Console.WriteLine("|---|---|---|---|---|---|");
    var chosen = parsed.GetValue(only) is { Length: > 0 } names ? Attack.All.Where(attack => names.Contains(attack.Name)) : Attack.All;
    foreach (var attack in chosen)
        Console.WriteLine(await run.CompareAsync(attack, parsed.GetValue(rounds), cancel));
    return 0;
});
return await root.Parse(args).InvokeAsync();
