using System.Text.Json;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>The cells' folders under one root. Several processes may work in it at once, each on a cell of its own.</summary>
internal sealed class TuneFolder(string root)
{
    private const string Lock = "lock";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Root => root;

    public string Of(TuneCell cell) => Path.Combine(root, "cells", cell.Folder);

    /// <summary>What came of it, if it is done by this very recipe.</summary>
    public CellResult? Result(TuneCell cell) =>
        Read<CellResult>(Path.Combine(Of(cell), CellResult.FileName)) is { } result && result.Options.Differences(cell.Options).Count == 0
            ? result : null;

    /// <summary>Takes a cell for this process until what is returned is disposed; null where another process has it.</summary>
    public FileStream? Take(TuneCell cell)
    {
        Directory.CreateDirectory(Of(cell));
        try
        {
            return new(Path.Combine(Of(cell), Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static T? Read<T>(string path) where T : class =>
        File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) : null;

    /// <summary>Replaces a file atomically.</summary>
    public static void Write<T>(string path, T value)
    {
        var partly = path + ".part";
        File.WriteAllBytes(partly, JsonSerializer.SerializeToUtf8Bytes(value, Json));
        File.Move(partly, path, overwrite: true);
    }
}
