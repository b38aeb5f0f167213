using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.TrainingWorker.Training;

/// <summary>Every step's losses in the run's folder, one JSON object a line: <c>step</c> from 1, <c>stage</c>, <c>losses</c> by name before
/// weighting, <c>generatorRate</c>, in stage B <c>discriminatorRate</c>, and <c>seconds</c>. What is not finite is written <c>"NaN"</c> or
/// <c>"Infinity"</c>.</summary>
internal sealed class LossLog : IDisposable
{
    public const string FileName = "losses.jsonl";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly FileStream _file;

    /// <summary>Goes on after <paramref name="step"/>: lines of later steps, which a killed run left behind its checkpoint, are cut
    /// off.</summary>
    public LossLog(string path, int step)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _file.SetLength(EndOf(step));
        _file.Seek(0, SeekOrigin.End);
    }

    public void Write(int step, TrainingStep report, TimeSpan took)
    {
        var line = new
        {
            step,
            report.Stage,
            report.Losses,
            report.GeneratorRate,
            report.DiscriminatorRate,
            seconds = Math.Round(
            took.TotalSeconds, 3)
        };
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n']);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private long EndOf(int step)
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        var end = 0L;
        while (reader.ReadLine() is { } line && StepOf(line) is { } at && at <= step)
            end += line.Length + 1;
        return end;
    }

    // Null for the torn last line of a killed run.
    private static int? StepOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line, Json)?.Step;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(int Step);
}
