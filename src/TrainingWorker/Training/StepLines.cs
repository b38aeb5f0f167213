using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.TrainingWorker.Training;

/// <summary>A file of the run's folder that grows by a JSON object a line, each with its <c>step</c>, in rising order. What is not finite
/// is written <c>"NaN"</c> or <c>"Infinity"</c>.</summary>
internal sealed class StepLines : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly FileStream _file;

    /// <summary>Goes on after <paramref name="step"/>: lines of later steps, which a killed run left behind its checkpoint, are cut
    /// off.</summary>
    public StepLines(string path, int step)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _file.SetLength(EndOf(step));
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>What the file holds.</summary>
    /// <exception cref="JsonException">A line is none of <typeparamref name="T"/>.</exception>
    public IReadOnlyList<T> Read<T>()
    {
        _file.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(_file, leaveOpen: true);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonSerializer.Deserialize<T>(line, Json)!)];
    }

    public void Write<T>(T line)
    {
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
