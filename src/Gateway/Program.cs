using System.CommandLine;
using Gateway.Cli;
using Gateway.Persistence;
using Gateway.TrainingWorker;

PrivateFiles.Keep();
if (args is ["train" or "tune", ..])
    TrainingProcess.Settle();
var root = new RootCommand(
    "Gateway: a scanner's study in, a synthetic series and an ImagingStudy out. Research software, not a medical device.")
{
    RunVerb.Create(),
    DemoVerb.Create(),
    SendVerb.Create(),
    EchoVerb.Create(),
    TranslateVerb.Create(),
    ImportVerb.Create(),
    TrainVerb.Create(),
    TuneVerb.Create(),
    ExportVerb.Create(),
    QuantiseVerb.Create(),
    EvaluateVerb.Create(),
    ReferencesVerb.Create(),
    ReplayVerb.Create(),
    ArchiveVerb.Create(),
    ModelsVerb.Create(),
    RetentionVerb.Create(),
    DoctorVerb.Create(),
};

var parsed = root.Parse(args);
// A training run that is stopped finishes its step and writes a checkpoint first. No step takes as long as this.
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
