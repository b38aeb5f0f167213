using System.Diagnostics;

namespace Gateway.Harness;

/// <summary>A process of this run's own; killed when the run ends, however it ends.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _errors = [];

    /// <param name="program">Path, or a name found on PATH.</param>
    /// <param name="stock">dcmtk, and Orthanc which is built on it, as hospitals run them: with Nagle's algorithm on.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public ChildProcess(string program, IEnumerable<string> arguments, bool stock = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // dcmtk lets Nagle's algorithm wait for acknowledgements unless this is set; ours never does.
        if (!stock)
            start.Environment["TCP_NODELAY"] = "1";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>User and system time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Returns when the process has written a line that begins so; what it writes later is read and dropped.</summary>
    /// <exception cref="InvalidOperationException">It ended without; the message holds the end of what it said.</exception>
    public async Task LineAsync(string prefix, CancellationToken cancel)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            Drain();
            return;
        }
        throw Failed($"ended before it wrote {prefix}");
    }

    /// <summary>Reads and drops what it writes from now on: a full pipe would stop it.</summary>
    public void Drain() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);

    /// <exception cref="InvalidOperationException">It ended with another status than 0.</exception>
    public async Task SucceededAsync(CancellationToken cancel)
    {
        await _process.StandardOutput.ReadToEndAsync(cancel);
        await _process.WaitForExitAsync(cancel);
        if (_process.ExitCode != 0)
            throw Failed($"ended with {_process.ExitCode}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_errors)
        {
            if (line is not null)
                _errors.Add(line);
            if (_errors.Count > 20)
                _errors.RemoveAt(0);
        }
    }

    private InvalidOperationException Failed(string how)
    {
        lock (_errors)
            return new($"{_process.StartInfo.FileName} {how}:{Environment.NewLine}{string.Join(Environment.NewLine, _errors)}");
    }
}
