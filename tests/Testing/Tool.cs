using System.ComponentModel;
using System.Diagnostics;

namespace Gateway.Testing;

/// <summary>Runs commands that tests are checked against: dcmtk, dciodvfy, pydicom. A missing one fails the test.</summary>
public static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command to its end, at most a minute.</summary>
    public static ToolResult Run(string command, params IEnumerable<string> arguments) =>
        RunAsync(command, arguments).GetAwaiter().GetResult();

    /// <summary>Runs a command to its end. It is killed, with its children, when it takes longer than <paramref name="timeout"/> (a
    /// minute).</summary>
    /// <param name="command">Name on the PATH, or a path.</param>
    /// <param name="directory">Working directory.</param>
    /// <param name="environment">Variables set for it, beside the inherited ones.</param>
    /// <exception cref="InvalidOperationException">There is no such command.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<ToolResult> RunAsync(
        string command,
        IEnumerable<string> arguments,
        TimeSpan? timeout = null,
        string? directory = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = new Process { StartInfo = StartInfo(command, arguments, directory, environment) };
        var line = $"{command} {string.Join(' ', process.StartInfo.ArgumentList)}";
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{command}' is not installed; eng/test installs what the tests need.", e);
        }
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(timeout ?? Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{line} took longer than {timeout ?? Patience}.");
        }
        return new ToolResult(line, process.ExitCode, await output, await error);
    }

    private static ProcessStartInfo StartInfo(
        string command, IEnumerable<string> arguments, string? directory, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Environment.CurrentDirectory,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }
}
