using System.CommandLine;
using Gateway.FieldCases;

var cases = new Argument<DirectoryInfo>("cases") { Description = "The folder of generators, ../shared/fieldcases." };
var only = new Option<string[]>("--only")
{
    Description = "Names of cases, or how they begin.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var pictures = new Option<DirectoryInfo?>("--pictures") { Description = "Where the sheets of translated series go." };
var write = new Option<bool>("--write") { Description = "Keep the table in docs/field-cases.md." };

var root = new RootCommand(
    "Every field case through a running gateway: what is right, and what the gateway does.") { cases, only, pictures, write };
root.SetAction(async (parsed, cancel) =>
{
    var checkout = Checkout.Find();
    using var run = new CaseRun(checkout, parsed.GetValue(pictures));
    var results = await run.RunAsync(Generator.In(parsed.GetValue(cases)!.FullName, parsed.GetValue(only)!), cancel);
    var table = Table.Of(results);
    Console.Write(table);
    if (parsed.GetValue(write))
        await File.WriteAllTextAsync(Path.Combine(checkout.Root, "docs", "field-cases.md"), table, cancel);
    return results.Exists(r => r.Fault is not null) ? 1 : 0;
});
return await root.Parse(args).InvokeAsync();
