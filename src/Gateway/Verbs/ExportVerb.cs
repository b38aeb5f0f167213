using System.CommandLine;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Training;

namespace Gateway.Cli;

/// <summary><c>gateway export</c>: a checkpoint's averaged generators as ONNX files, put in place only after the parity check.</summary>
internal static class ExportVerb
{
    private static readonly Option<FileInfo[]> From = new("--checkpoint")
    {
        Description = "checkpoint.safetensors or best.safetensors of a training run; twice where each direction had its own.",
        Required = true,
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives t2-ct.onnx and ct-t2.onnx.",
        Required = true,
    };

    private static readonly Option<double> HuLow = new("--hu-low")
    {
        Description = "Hounsfield units of the darkest value the models know.",
        DefaultValueFactory = _ => GreyRange.Brain.Low,
    };

    private static readonly Option<double> HuHigh = new("--hu-high")
    {
        Description = "Hounsfield units of the brightest value the models know.",
        DefaultValueFactory = _ => GreyRange.Brain.High,
    };

    private static readonly Option<string> Name = new("--model") { Description = "Name the models carry.", Required = true };

    private static readonly Option<string> ModelVersion = new("--model-version")
    {
        Description = "Version the models carry.",
        Required = true,
    };

    private static readonly Option<string> TrainedOn = new("--trained-on")
    {
        Description = "What they were trained on, in words.",
        Required = true,
    };

    private static readonly Option<bool> Deform = new("--deform") { Description = "The training set was prepared with --deform." };

    private static readonly Option<bool> Float32 = new("--float32") { Description = "Weights as float32, twice the size." };

    public static Command Create() => Verb.Create(
        "export", "Make model files of a checkpoint, checked against the network that was trained.",
        [From, Out, HuLow, HuHigh, Name, ModelVersion, TrainedOn, Deform, Float32, CommonOptions.Json],
        (parsed, _) => Task.Run(() => Run(parsed)));

    private static int Run(ParseResult parsed)
    {
        var reports = ExportCommand.Run(new ExportRequest
        {
            Checkpoints = [.. parsed.GetValue(From)!.Select(file => file.FullName)],
            Out = parsed.GetValue(Out)!.FullName,
            HuLow = parsed.GetValue(HuLow),
            HuHigh = parsed.GetValue(HuHigh),
            Model = parsed.GetValue(Name)!,
            Version = parsed.GetValue(ModelVersion)!,
            TrainedOn = parsed.GetValue(TrainedOn)!,
            Deform = parsed.GetValue(Deform),
            Half = !parsed.GetValue(Float32),
        });
        foreach (var report in reports)
            Console.WriteLine(report);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { models = reports });
        return ExitCode.Done;
    }
}
