using System.CommandLine;
using Gateway.TrainingWorker.Onnx;
using static System.FormattableString;

namespace Gateway.Cli;

/// <summary><c>gateway quantise</c>: a model's copy in 8 bits, written only if it keeps to its gate.</summary>
internal static class QuantiseVerb
{
    private static readonly Argument<FileInfo> Model = new("model") { Description = "A model file that export wrote." };

    private static readonly Option<FileInfo> Out = new("--out") { Description = "The file to write.", Required = true };

    private static readonly Option<int> Phantoms = new("--phantoms")
    {
        Description = "Phantoms that the copy is judged on; half as many more calibrate it.",
        DefaultValueFactory = _ => 32,
    };

    public static Command Create()
    {
        Phantoms.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--phantoms wants 1 or more.");
        });
        return Verb.Create(
            "quantise", "Copy a model into 8 bits for faster translation on the CPU, if its pictures stay the same.",
            [Model, Out, Phantoms, CommonOptions.Json], (parsed, cancel) => Task.Run(() => Run(parsed, cancel), cancel));
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        var gates = QuantiseCommand.Run(
            new()
            {
                Model = parsed.GetValue(Model)!.FullName,
                Out = parsed.GetValue(Out)!.FullName,
                Phantoms = parsed.GetValue(Phantoms),
            }, cancel);
        foreach (var gate in gates)
            Console.WriteLine(Invariant($"{(gate.Holds ? "holds " : "misses")} {gate.What}: {gate.Value:0.0000}, ")
                + Invariant($"{(gate.AtLeast ? "at least" : "at most")} {gate.Limit:0.0000}"));
        var passes = gates.All(gate => gate.Holds);
        if (!passes)
            Console.Error.WriteLine("The copy does not keep to its gate: nothing is written.");
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { passes, gates });
        return passes ? ExitCode.Done : ExitCode.Failed;
    }
}
