fn main() -> std::process::ExitCode {
    keyworker::cli::main()
}
